using Hub.Silo.Ledger;
using Hub.Transparency;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>A ledger in files of a temporary folder.</summary>
internal sealed class SqliteSite : ILedgerSite
{
    public const string Origin = "hub.test/log";
    private readonly string folder = Directory.CreateTempSubdirectory("hub-ledger-").FullName;
    private readonly List<SqliteLedger> open = [];

    public SqliteSite()
    {
        Keys = new KeyStore(Options.KeysFolder);
        Signer = new FileSigner(Options);
        Log = NoteVerifier.Of(Signer);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public KeyStore Keys { get; private set; }

    public ISigner Signer { get; }

    public NoteVerifier Log { get; }

    public LedgerOptions Options => OptionsWith(null);

    public string Folder => folder;

    public ILedger Open(Action<LedgerFault>? faultAt = null, TimeProvider? clock = null, ISigner? signer = null)
    {
        var ledger = new SqliteLedger(
            OptionsWith(faultAt), Keys, signer ?? Signer, clock ?? Clock, new CommitSignal(), NullLogger<SqliteLedger>.Instance);
        lock (open) open.Add(ledger);
        return ledger;
    }

    public void Close(ILedger ledger)
    {
        if (open.Remove((SqliteLedger)ledger)) ((SqliteLedger)ledger).Dispose();
    }

    /// <summary>Forgets every unwrapped key, as a restart does.</summary>
    public void ReopenKeys()
    {
        Keys.Dispose();
        Keys = new KeyStore(Options.KeysFolder);
    }

    public LedgerVerification Verify() => new LedgerVerifier(Options, Keys, Log).Verify(TestContext.Current.CancellationToken);

    /// <summary>Does by hand what the program never does.</summary>
    public int Sql(string statement)
    {
        using var session = SqliteSession.Open(Options.LedgerFile);
        session.Execute(statement);
        return session.Changes;
    }

    public void Dispose()
    {
        foreach (var ledger in open) ledger.Dispose();
        Keys.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private LedgerOptions OptionsWith(Action<LedgerFault>? faultAt) => new()
    {
        DataFolder = Path.Combine(folder, "data"),
        KeysFolder = Path.Combine(folder, "keys"),
        Origin = Origin,
        FaultAt = faultAt ?? (_ => { }),
    };
}
