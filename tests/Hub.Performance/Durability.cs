using Hub.Silo.Ledger;

namespace Hub.Performance;

/// <summary>A comparison counts only if both sides wait for the disk: asked of the connections themselves.</summary>
internal static class Durability
{
    private const long SynchronousFull = 2;

    /// <summary>Throws unless a commit on this connection returns only after an fsync of its write-ahead log.</summary>
    public static void Require(SqliteSession session, string whose)
    {
        var synchronous = session.Prepare("PRAGMA synchronous").First(row => row.Integer(0));
        var journal = session.Prepare("PRAGMA journal_mode").First(row => row.Text(0));
        if (synchronous != SynchronousFull || journal != "wal")
        {
            throw new InvalidOperationException(
                $"The database of {whose} has synchronous={synchronous} and journal_mode={journal}; a comparison needs 2 (FULL) and wal.");
        }
    }

    /// <summary>The ledger's own connections are closed to others; one that is opened as they are has their settings.</summary>
    public static void RequireOfLedger(string dataFolder)
    {
        using var session = SqliteSession.Open(new LedgerOptions { DataFolder = dataFolder }.LedgerFile);
        Require(session, "the ledger");
    }

    /// <summary>Whether an honest twin is accepted and each kind of cheating is refused.</summary>
    public static bool CheckTwins(TextWriter output)
    {
        var isSound = Accepts("") && !Accepts("PRAGMA synchronous = OFF") && !Accepts("PRAGMA synchronous = NORMAL") && !Accepts("PRAGMA journal_mode = MEMORY");
        output.WriteLine(isSound ? "Twins that do not wait for the disk are refused." : "FAILED: a twin that does not wait for the disk would be accepted, or an honest one refused.");
        return isSound;
    }

    private static bool Accepts(string cheat)
    {
        var folder = Directory.CreateTempSubdirectory("hub-synthetic-twin-").FullName;
        try
        {
            using var twin = new InsertTwinDatabase(Path.Combine(folder, "twin.db"));
            twin.Session.Execute(cheat);
            Require(twin.Session, "the twin");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
