using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hub.Silo.Ledger;

/// <summary>A statement prepared once and bound by position: per call nothing is parsed, looked up by name or boxed. For one thread.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt handle;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out handle));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    /// <summary>Binds bytes, or NULL for null.</summary>
    public SqliteStatement Bind(int parameter, byte[]? value)
    {
        Check(value switch
        {
            null => raw.sqlite3_bind_null(handle, parameter),
            // An empty span has no address, and SQLite takes that for NULL.
            { Length: 0 } => raw.sqlite3_bind_zeroblob(handle, parameter, 0),
            _ => raw.sqlite3_bind_blob(handle, parameter, value),
        });
        return this;
    }

    /// <summary>Runs a statement that has no rows.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The rows, each made into a value.</summary>
    public List<T> List<T>(Func<SqliteStatement, T> row)
    {
        var rows = new List<T>();
        try
        {
            while (Step()) rows.Add(row(this));
            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row made into a value, or the default.</summary>
    public T? First<T>(Func<SqliteStatement, T> row)
    {
        try
        {
            return Step() ? row(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public void Dispose() => handle.Dispose();

    private bool Step()
    {
        var answer = raw.sqlite3_step(handle);
        if (answer == raw.SQLITE_ROW) return true;
        if (answer != raw.SQLITE_DONE) Check(answer);
        return false;
    }

    // The answer of a failed step is given again here: it has been thrown already.
    private void Reset() => _ = raw.sqlite3_reset(handle);

    private void Check(int answer) => SqliteException.ThrowExceptionForRC(answer, database);
}
