namespace Hub.Silo.Ledger;

/// <summary>Tells this silo's tail that this silo has just committed, so that nobody waits for the next poll.</summary>
internal sealed class CommitSignal
{
    public event Action? Committed;

    public void Raise() => Committed?.Invoke();
}
