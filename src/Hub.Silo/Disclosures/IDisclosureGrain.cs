namespace Hub.Silo.Disclosures;

/// <summary>One instrument; its key is the instrument's code. The only writer of what was ever shown of it.</summary>
[Alias("hub.disclosures")]
internal interface IDisclosureGrain : IGrainWithStringKey
{
    /// <summary>Records that a release is asked for, and has it computed. Answers at once.</summary>
    [Alias("propose")]
    Task<Decision<ProposedRelease>> ProposeAsync(ProposeReleaseCommand command);

    /// <summary>Records what a computation came to; false if something was shown since the audit read, which then reads again.</summary>
    [Alias("conclude")]
    Task<bool> ConcludeAsync(ConcludeCommand command);

    /// <summary>Has everything computed that was asked for and is unfinished.</summary>
    [Alias("resume")]
    Task ResumeAsync();
}
