using System.Net;
using System.Text;
using Grpc.Core;
using Hub.Client;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class ErrorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Type, Type, string> Enums => new()
    {
        { typeof(ErrorReason), typeof(V1.ErrorReason), "Unspecified" },
        { typeof(AbsenceReason), typeof(V1.AbsenceReason), "" },
        { typeof(Disclosure), typeof(V1.Disclosure), "" },
        { typeof(SubmissionState), typeof(V1.SubmissionState), "" },
        { typeof(Polarity), typeof(V1.Polarity), "" },
        { typeof(Directness), typeof(V1.Directness), "Unspecified" },
        { typeof(ValueKind), typeof(V1.ValueKind), "" },
        { typeof(CollectionState), typeof(V1.CollectionState), "" },
        { typeof(OwnStatus), typeof(V1.OwnStatus), "Unspecified" },
        { typeof(AdministrationState), typeof(V1.AdministrationState), "Unspecified" },
        { typeof(ChangeState), typeof(V1.ChangeState), "" },
        { typeof(CallerKind), typeof(V1.CallerKind), "" },
    };

    [Theory]
    [MemberData(nameof(Enums))]
    public void Enum_OfTheSdk_HasTheNamesAndNumbersOfTheContract(Type ours, Type contract, string zero)
    {
        var expected = Enum.GetValues(contract).Cast<object>().Select(value => (value.ToString(), Convert.ToInt32(value)))
            .Where(pair => pair.Item2 != 0 || pair.Item1 == zero);

        Assert.Equal(expected, Enum.GetValues(ours).Cast<object>().Select(value => (value.ToString(), Convert.ToInt32(value))));
    }

    [Fact]
    public async Task Refusal_WithAllDetails_IsReadInFull()
    {
        await using var hub = await FakeHub.StartAsync();
        hub.Before = (_, _) => throw Refusals.Of(
            StatusCode.InvalidArgument, "FIELD_INVALID", TimeSpan.FromSeconds(3), ("submission.values[0]", "Rule. Remedy."), ("reason", "Too long."));
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Equal(ErrorReason.FieldInvalid, e.Reason);
        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        Assert.Equal([new FieldViolation("submission.values[0]", "Rule. Remedy."), new FieldViolation("reason", "Too long.")], e.Violations);
        Assert.Equal(TimeSpan.FromSeconds(3), e.RetryAfter);
        Assert.Equal("c-1", e.CorrelationId);
        Assert.Contains("submission.values[0]: Rule. Remedy.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FROM_A_LATER_HUB")]
    [InlineData("40")]
    [InlineData("")]
    public async Task Refusal_ForAnUnknownReason_KeepsItsName(string reason)
    {
        await using var hub = await FakeHub.StartAsync();
        hub.Before = (_, _) => throw Refusals.Of(StatusCode.FailedPrecondition, reason);
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Equal((ErrorReason.Unspecified, reason), (e.Reason, e.ReasonName));
    }

    [Fact]
    public async Task Details_ThatCannotBeRead_LeaveTheStatus()
    {
        await using var hub = await FakeHub.StartAsync();
        hub.Before = (_, _) => throw new RpcException(
            new Status(StatusCode.NotFound, "Nothing there."), new Metadata { { "grpc-status-details-bin", Encoding.UTF8.GetBytes("not a status") } });
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Equal((StatusCode.NotFound, ErrorReason.Unspecified), (e.StatusCode, e.Reason));
        Assert.Null(e.ReasonName);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.BadGateway)]
    public async Task Answer_OfAProxyInTheWay_IsNamedAsThat(HttpStatusCode status)
    {
        using var proxy = new StubHttp(_ => new HttpResponseMessage(status)
        {
            Content = new StringContent("<html>Blocked</html>", Encoding.UTF8, "text/html"),
        });
        using var client = new HubClient(new HubClientOptions
        {
            Address = new Uri("http://localhost"),
            LogKey = new FakeLog().Key,
            TokenSource = new FakeTokens(),
            HubHttp = () => proxy,
            TimeProvider = new WaitlessTime(),
        });

        var e = await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Equal(ErrorReason.Unspecified, e.Reason);
        Assert.Null(e.CorrelationId);
        Assert.Contains("proxy", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ThatBreaksUnderTheCall_IsTriedAgain()
    {
        var attempts = 0;
        using var broken = new StubHttp(_ => ++attempts < 3 ? throw new IOException("Reset.") : throw new HttpRequestException("No route."));
        using var client = new HubClient(new HubClientOptions
        {
            Address = new Uri("http://localhost"),
            LogKey = new FakeLog().Key,
            TokenSource = new FakeTokens(),
            HubHttp = () => broken,
            TimeProvider = new WaitlessTime(),
        });

        var e = await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Equal(7, attempts);
        Assert.True(e.IsTransient);
    }
}

/// <summary>Answers every request by a function, and counts them.</summary>
internal sealed class StubHttp(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = answer(request);
        response.RequestMessage = request;
        response.Version = HttpVersion.Version20;
        return Task.FromResult(response);
    }
}
