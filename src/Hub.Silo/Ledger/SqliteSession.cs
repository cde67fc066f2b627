using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hub.Silo.Ledger;

/// <summary>One connection with its prepared statements. For one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteStatement> statements = [];

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>Changed rows of the last statement.</summary>
    public int Changes => raw.sqlite3_changes(connection.Handle);

    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Opens a file, in which a commit returns only after an fsync.</summary>
    public static SqliteSession Open(string file)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        var session = new SqliteSession(new SqliteConnection(text));
        try
        {
            session.connection.Open();
            _ = raw.sqlite3_busy_timeout(session.connection.Handle, (int)Limits.LockWaitMax.TotalMilliseconds);
            // 16 MB of pages: with SQLite's own 2 MB the writer reads the edges of its indices from the file again in each batch.
            session.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The statement of this text, prepared at its first use.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements[sql] = statement = new SqliteStatement(connection.Handle!, sql);
        return statement;
    }

    /// <summary>Runs a script.</summary>
    public void Execute(string script) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, script), connection.Handle);

    /// <summary>Takes the write lock, runs the work and commits it; rolls back if it throws.</summary>
    public void Transact(Action work)
    {
        Begin();
        try
        {
            work();
            Commit();
        }
        finally
        {
            Rollback();
        }
    }

    /// <summary>
    /// Runs a statement whose commit may be lost with the power, for what can be made again. On this connection and no other: a write
    /// of a second one would empty the page cache of the first.
    /// </summary>
    public void RunUnsynced(SqliteStatement statement)
    {
        Execute("PRAGMA synchronous = NORMAL");
        try
        {
            statement.Run();
        }
        finally
        {
            Execute("PRAGMA synchronous = FULL");
        }
    }

    public void Begin() => Prepare("BEGIN IMMEDIATE").Run();

    public void Commit() => Prepare("COMMIT").Run();

    /// <summary>Ends what is open; nothing to do after a commit.</summary>
    public void Rollback()
    {
        if (InTransaction) Prepare("ROLLBACK").Run();
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        connection.Dispose();
    }
}
