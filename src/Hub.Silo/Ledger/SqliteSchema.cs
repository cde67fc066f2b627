namespace Hub.Silo.Ledger;

/// <summary>Brings a database file to the schema that this program knows, and refuses a newer one.</summary>
internal static class SqliteSchema
{
    private const int Version = 1;

    public static void Apply(SqliteSession session, string script)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
        if (Read(session) == Version) return;
        session.Transact(() =>
        {
            var found = Read(session);
            if (found > Version)
                throw new InvalidOperationException(
                    $"The database has schema {found}; this program knows schema {Version}. Start the program that wrote it, or a newer one.");
            session.Execute(Script(script));
            session.Execute($"INSERT OR IGNORE INTO schema_version VALUES ({Version})");
        });
    }

    private static long Read(SqliteSession session) =>
        session.Prepare("SELECT coalesce(max(version), 0) FROM schema_version").First(row => row.Integer(0));

    private static string Script(string name)
    {
        using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream($"Hub.Silo.Ledger.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
