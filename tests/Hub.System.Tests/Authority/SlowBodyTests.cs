using System.Net;
using System.Net.Http.Headers;
using Hub.Authority;
using Xunit;

namespace Hub.SystemTests.Authority;

/// <summary>Bodies that trickle in hold nobody else up, and are let go.</summary>
public sealed class SlowBodyTests : IAsyncLifetime
{
    private readonly AuthorityFixture authority = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => authority.InitializeAsync();

    public ValueTask DisposeAsync() => authority.DisposeAsync();

    [Fact]
    public async Task Bodies_ThatTrickleIn_HoldNoPermitAndAreLetGo()
    {
        var machine = await authority.RegisterMachineAsync("UA", "hub.read");
        using var http = authority.Http();
        var slow = Enumerable.Range(0, Limits.RequestsAtOnceMax).Select(_ => new TricklingBody()).ToList();
        var waiting = slow.Select(body => http.PostAsync("/connect/token", body, Cancellation)).ToList();
        await Task.WhenAll(slow.Select(body => body.Begun)).WaitAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(machine.Sign())).Status);

        authority.Time.Advance(Limits.BodyPatience);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.RequestTimeout, answer.StatusCode));
    }

    [Fact]
    public async Task Body_LargerThanAnyIs_IsRefused()
    {
        using var http = authority.Http();

        using var answer = await http.PostAsync("/connect/token", new ByteArrayContent(new byte[Limits.RequestBytesMax + 1]), Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private sealed class TricklingBody : HttpContent
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource end = new();

        public TricklingBody() => Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        public Task Begun => begun.Task;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("grant_type="u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            begun.SetResult();
            await end.Task.WaitAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
