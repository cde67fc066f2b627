using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Hub.Authority.Storage;

/// <summary>
/// Brings the database to this program's version at start: the files <c>Storage/NNN.sql</c> in order, each once, each in one
/// transaction. They only add. A database of a newer program is refused, because an older one would misread it.
/// </summary>
internal static class AuthoritySchema
{
    private static readonly string[] Steps = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static void Apply(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL");
        var version = VersionOf(connection);
        if (version > Steps.Length)
        {
            throw new InvalidOperationException(
                $"The authority's database has schema {version}, this program knows {Steps.Length}: start the newer program.");
        }
        for (; version < Steps.Length; version++)
        {
            Run(connection, $"BEGIN IMMEDIATE;\n{Read(Steps[version])}\nPRAGMA user_version = {version + 1};\nCOMMIT;");
        }
    }

    private static int VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), null);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only the schema's own files and numbers reach this.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
