using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;
using Hub.Client;
using Hub.Testing;
using Hub.V1;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Health = Grpc.Health.V1.Health;

namespace Hub.SystemTests.Access;

/// <summary>What is asked again while a stream lives, and whose quota counts.</summary>
public sealed class AdmissionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private HubFixture hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await HubFixture.StartAsync(options => options.Time = time);
        // Orleans watches its thread pool by the same clock, and takes a jump of it for a pause of the machine.
        hub.ExpectedErrors = record => record.Message.Contains("execution stalled", StringComparison.Ordinal);
        await hub.RegisterAsync("UA");
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task SubmitMany_OfOneSuspendedMeanwhile_RecordsNothingMore()
    {
        using var channel = hub.Channel();
        using var stream = new SubmissionService.SubmissionServiceClient(channel).SubmitMany(Headers(hub.MachineToken("adm-UA", "UA", "hub.submit")), cancellationToken: Cancellation);
        Assert.Equal("RECORDED", await AnswerAsync(stream, "2023"));
        using var secretariat = hub.Operator();
        await secretariat.Registry.SuspendAsync("administrations/UA", "Ended", cancellationToken: Cancellation);

        Assert.Equal("ADMINISTRATION_SUSPENDED", await AnswerAsync(stream, "2018"));
    }

    [Fact]
    public async Task SubmitMany_AfterItsTime_EndsWithEverythingAnswered()
    {
        using var channel = hub.Channel();
        using var stream = new SubmissionService.SubmissionServiceClient(channel).SubmitMany(Headers(hub.MachineToken("adm-UA", "UA", "hub.submit")), cancellationToken: Cancellation);
        Assert.Equal("RECORDED", await AnswerAsync(stream, "2023"));

        time.Advance(Silo.Administrations.Limits.StreamMax);

        Assert.False(await stream.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.OK, stream.GetStatus().StatusCode);
    }

    [Fact]
    public async Task SubmitMany_OfTheSdk_GoesOnOverAnotherStream()
    {
        using var member = hub.Member("UA");
        var drafts = Channel.CreateUnbounded<SubmissionDraft>();
        await using var results = member.Submissions.SubmitManyAsync(drafts.Reader.ReadAllAsync(Cancellation), Cancellation).GetAsyncEnumerator(Cancellation);

        foreach (var period in (string[])["2023", "2018", "2016"])
        {
            drafts.Writer.TryWrite(new SubmissionDraft($"instruments/lpi/periods/{period}", ("LP.LPI.CUST.XQ", Hub.Client.Figure.Decimal("2.4"))));
            Assert.True(await results.MoveNextAsync());
            Assert.NotNull(results.Current.Recorded);
            time.Advance(Silo.Administrations.Limits.StreamMax);
        }

        drafts.Writer.Complete();
        Assert.False(await results.MoveNextAsync());
    }

    [Fact]
    public async Task Persons_OfOneClient_HaveQuotasOfTheirOwn()
    {
        var olena = hub.PersonToken("olena", "UA", "hub.submit");
        using var channel = hub.Channel();
        var open = new List<AsyncDuplexStreamingCall<SubmitManyRequest, SubmitManyResponse>>();
        for (var i = 0; i < Silo.Access.Limits.StreamsMax; i++) open.Add(await OpenAsync(channel, olena));

        var refused = await Assert.ThrowsAsync<RpcException>(() => OpenAsync(channel, olena));
        using var other = await OpenAsync(channel, hub.PersonToken("petro", "UA", "hub.submit"));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        open.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Streams_WithoutAToken_AreAsFewAsACallers()
    {
        using var channel = hub.Channel();
        var health = new Health.HealthClient(channel);
        var open = new List<AsyncServerStreamingCall<HealthCheckResponse>>();
        for (var i = 0; i < Silo.Access.Limits.StreamsMax; i++)
        {
            open.Add(health.Watch(new HealthCheckRequest(), cancellationToken: Cancellation));
            Assert.True(await open[^1].ResponseStream.MoveNext(Cancellation));
        }

        using var further = health.Watch(new HealthCheckRequest(), cancellationToken: Cancellation);
        var refused = await Assert.ThrowsAsync<RpcException>(() => further.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        open.ForEach(stream => stream.Dispose());
    }

    private static Metadata Headers(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static async Task<string> AnswerAsync(AsyncDuplexStreamingCall<SubmitManyRequest, SubmitManyResponse> stream, string period)
    {
        var submission = new V1.Submission { Collection = $"instruments/lpi/periods/{period}" };
        submission.Values.Add(new IndicatorValue { Indicator = "instruments/lpi/indicators/LP.LPI.CUST.XQ", Decimal = new Google.Type.Decimal { Value = "2.4" } });
        await stream.RequestStream.WriteAsync(new SubmitManyRequest { RequestId = Guid.NewGuid().ToString(), Submission = submission }, Cancellation);
        Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
        return stream.ResponseStream.Current.Created is not null
            ? "RECORDED" : stream.ResponseStream.Current.Status.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
    }

    private static async Task<AsyncDuplexStreamingCall<SubmitManyRequest, SubmitManyResponse>> OpenAsync(Grpc.Net.Client.GrpcChannel channel, string token)
    {
        var stream = new SubmissionService.SubmissionServiceClient(channel).SubmitMany(Headers(token), cancellationToken: Cancellation);
        await stream.RequestStream.WriteAsync(new SubmitManyRequest { RequestId = "no uuid" }, Cancellation);
        Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
        return stream;
    }
}
