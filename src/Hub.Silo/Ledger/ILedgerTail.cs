namespace Hub.Silo.Ledger;

/// <summary>How far this silo has followed the ledger. One per silo; it feeds every <see cref="ILedgerFollower"/>.</summary>
internal interface ILedgerTail
{
    /// <summary>Whether the last successful look at the head is at most two seconds old.</summary>
    bool IsFresh { get; }

    /// <summary>When the last entry that this silo has seen was committed, by the clock of the silo that committed it.</summary>
    DateTimeOffset LatestTime { get; }

    /// <summary>Returns once the followers have applied the entry at this position: what a caller changed is visible to its next call.</summary>
    Task CaughtUpAsync(long position, CancellationToken cancellationToken);
}
