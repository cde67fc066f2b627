using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Access;

/// <summary>One Hub for all tests of a class; each test takes administrations of its own.</summary>
public sealed class SharedHub : IAsyncLifetime
{
    private int codes;

    public HubFixture Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await HubFixture.StartAsync();

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    /// <summary>Registers an administration that no other test knows.</summary>
    public async Task<string> RegisterAsync()
    {
        var code = $"X{Interlocked.Increment(ref codes):00}";
        await Hub.RegisterAsync(code);
        return code;
    }
}
