namespace Hub.Client;

/// <summary>State of a submission.</summary>
public enum SubmissionState
{
    /// <summary>Takes part in the next edition.</summary>
    Live = 1,

    /// <summary>Takes part in no later edition.</summary>
    Withdrawn = 2,

    /// <summary>Its content was destroyed by its owner.</summary>
    Erased = 3,
}
