using Hub.Silo.Ledger;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>
/// That a commit waits for the disk. No test that kills a process can show it, since the system still has the pages of a dead process;
/// only the loss of power takes them. So the setting itself is looked at.
/// </summary>
public sealed class SqliteSessionTests : IDisposable
{
    private const int Full = 2;
    private readonly string folder = Directory.CreateTempSubdirectory("hub-session-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Open_AnyFile_CommitsToTheDisk()
    {
        using var session = Open();

        Assert.Equal((Full, "wal"), (Synchronous(session), session.Prepare("PRAGMA journal_mode").First(row => row.Text(0))));
    }

    [Fact]
    public void RunUnsynced_DoneOrFailed_LeavesTheNextCommitsToTheDisk()
    {
        using var session = Open();
        session.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        var insert = session.Prepare("INSERT INTO t VALUES (1)");

        session.RunUnsynced(insert);
        Assert.Equal(Full, Synchronous(session));
        Assert.ThrowsAny<Exception>(() => session.RunUnsynced(insert));
        Assert.Equal(Full, Synchronous(session));
    }

    private SqliteSession Open() => SqliteSession.Open(Path.Combine(folder, "any.db"));

    private static long Synchronous(SqliteSession session) => session.Prepare("PRAGMA synchronous").First(row => row.Integer(0));
}
