namespace Hub.Silo.Releases;

/// <summary>One release; its key is that of its name. The only writer of its stream.</summary>
[Alias("hub.release")]
internal interface IReleaseGrain : IGrainWithStringKey
{
    /// <summary>Records that somebody is about to be shown the proposal.</summary>
    [Alias("view")]
    Task<Decision<ReleaseAnswer>> ViewAsync(ViewCommand command);

    [Alias("review")]
    Task<Decision<ReleaseAnswer>> ReviewAsync(ReviewCommand command);

    [Alias("schedule")]
    Task<Decision<ReleaseAnswer>> ScheduleAsync(ScheduleCommand command);

    [Alias("withdraw")]
    Task<Decision<ReleaseAnswer>> WithdrawAsync(WithdrawCommand command);
}
