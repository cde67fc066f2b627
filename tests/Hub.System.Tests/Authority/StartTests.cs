using Hub.Authority;
using Hub.Authority.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class StartTests(AuthorityFixture authority) : IClassFixture<AuthorityFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Issuer", "", "Authority:Issuer must be scheme, host and port alone")]
    [InlineData("Issuer", "https://authority.test/", "Authority:Issuer must be scheme, host and port alone")]
    [InlineData("Issuer", "https://authority.test/path", "Authority:Issuer must be scheme, host and port alone")]
    [InlineData("Issuer", "http://127.0.0.1:5000", "Authority:Issuer must be https")]
    [InlineData("Issuer", "ftp://authority.test", "Authority:Issuer must be https")]
    [InlineData("DataFolder", "relative", "Authority:DataFolder must be an absolute path")]
    [InlineData("AccessTokenLifetime", "00:10:01", "Authority:AccessTokenLifetime must be")]
    [InlineData("AccessTokenLifetime", "00:00:10", "Authority:AccessTokenLifetime must be")]
    [InlineData("ManagementKey", "not a JWK", "Authority:ManagementKey must be")]
    public async Task Setting_Wrong_StopsTheStartAndSaysHowToMendIt(string key, string value, string message)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Authority:Issuer"] = AuthorityFixture.Issuer,
            ["Authority:DataFolder"] = authority.Folder,
            [$"Authority:{key}"] = value,
        });
        builder.AddHubAuthority();
        await using var app = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            app.MapHubAuthority();
            await app.StartAsync(Cancellation);
        });
        Assert.Contains(message, failure.Message);
    }

    [Fact]
    public void Files_Always_AreReadableByTheOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
#pragma warning disable CA1416 // Skipped above on Windows.
        Assert.Equal(default, File.GetUnixFileMode(authority.Folder) & others);
        foreach (var file in new[] { "authority.db", "authority.db-wal", "signing-keys.json", "authority-management.jwk" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(authority.Folder, file)));
        }
#pragma warning restore CA1416
    }

    [Fact]
    public async Task FirstManager_AfterARestart_KeepsItsKey()
    {
        await using var other = new AuthorityFixture();
        await other.InitializeAsync();
        var manager = other.FirstManager();
        File.Delete(Path.Combine(other.Folder, "authority-management.jwk"));

        await other.RestartAsync();

        Assert.Equal("authority", (await other.RequestTokenAsync(manager.Sign(), "authority.manage")).Claims.GetProperty("aud").GetString());
        Assert.False(File.Exists(Path.Combine(other.Folder, "authority-management.jwk")));
    }

    [Fact]
    public async Task FirstManager_DeletedOnceAnotherManages_StaysAway()
    {
        await using var other = new AuthorityFixture();
        await other.InitializeAsync();
        var first = other.FirstManager();
        var second = await other.RegisterMachineAsync(null, "authority.manage");
        await other.WithClientsAsync(clients => clients.DeleteAsync(first.ClientId, Cancellation));

        await other.RestartAsync();
        (await other.RequestTokenAsync(first.Sign(), "authority.manage")).MustBeRefused("invalid_client");

        await other.WithClientsAsync(clients => clients.SetDisabledAsync(second.ClientId, disabled: true, Cancellation));
        await other.RestartAsync();
        (await other.RequestTokenAsync(first.Sign(), "authority.manage")).MustBeRefused("invalid_client");
        Assert.Null((await other.RequestTokenAsync(other.FirstManager().Sign(), "authority.manage")).Error);
    }

    [Fact]
    public async Task Assertion_UsedBeforeARestart_IsStillRefused()
    {
        await using var other = new AuthorityFixture();
        await other.InitializeAsync();
        var machine = await other.RegisterMachineAsync(null, "hub.read");
        var assertion = machine.Sign();
        Assert.Null((await other.RequestTokenAsync(assertion)).Error);

        await other.RestartAsync();

        (await other.RequestTokenAsync(assertion)).MustBeRefused("invalid_client");
    }

    [Fact]
    public async Task SpentAssertions_OnceExpired_ArePruned()
    {
        await using var other = new AuthorityFixture();
        await other.InitializeAsync();
        var machine = await other.RegisterMachineAsync(null, "hub.read");
        await other.RequestTokenAsync(machine.Sign());
        await other.RequestTokenAsync(machine.Sign());

        other.Time.Advance(TimeSpan.FromMinutes(2));
        await other.RequestTokenAsync(machine.Sign());

        using var scope = other.Services.CreateScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<AuthorityDatabase>().SpentAssertions.CountAsync(Cancellation));
    }

    [Fact]
    public void Schema_OfTheFiles_IsTheOneTheProgramReads()
    {
        var byFiles = Path.Combine(authority.Folder, "files.db");
        var byModel = Path.Combine(authority.Folder, "model.db");
        AuthoritySchema.Apply($"Data Source={byFiles}");
        using (var model = new AuthorityDatabase(new DbContextOptionsBuilder<AuthorityDatabase>().UseSqlite($"Data Source={byModel}").Options))
        {
            model.Database.EnsureCreated();
        }

        Assert.Equal(Columns(byModel), Columns(byFiles));
    }

    [Fact]
    public void Schema_OfANewerProgram_IsRefused()
    {
        var path = $"Data Source={Path.Combine(authority.Folder, "newer.db")}";
        AuthoritySchema.Apply(path);
        Execute(path, "PRAGMA user_version = 1000");

        Assert.Contains("start the newer program", Assert.Throws<InvalidOperationException>(() => AuthoritySchema.Apply(path)).Message);
    }

    private static List<string> Columns(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT m.type || ' ' || m.name || ' ' || coalesce(c.name, '') || ' ' || coalesce(c.type, '') || ' ' || coalesce(c."notnull", '') || ' '
                || coalesce(c.pk, '')
            FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c ON m.type = 'table'
            ORDER BY 1
            """;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }
        Assert.NotEmpty(lines);
        return lines;
    }

    private static void Execute(string connectionString, string sql)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
