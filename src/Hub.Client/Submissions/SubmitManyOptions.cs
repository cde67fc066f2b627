namespace Hub.Client;

/// <summary>What SubmitMany takes from the client: how it may call, how it lives through faults, and how long a silent stream is believed in.</summary>
internal sealed record SubmitManyOptions(HubTransport Transport, CallPipeline Pipeline, TimeProvider Time, TimeSpan SilenceMax)
{
    /// <summary>Messages that the contract lets a caller have unanswered.</summary>
    public const int InFlightMax = 64;

    /// <summary>Single calls at a time where there is no stream.</summary>
    public const int CallsMax = 16;

    /// <summary>How long a message waits that the Hub could not take now, unless it says.</summary>
    public static readonly TimeSpan ResendDelay = TimeSpan.FromSeconds(1);
}
