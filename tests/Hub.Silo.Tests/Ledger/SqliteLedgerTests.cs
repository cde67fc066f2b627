namespace Hub.Silo.Tests.Ledger;

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteLedgerTests : LedgerContract
{
    private protected override ILedgerSite NewSite() => new SqliteSite();
}
