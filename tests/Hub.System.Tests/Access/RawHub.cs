using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Access;

/// <summary>What a call without the SDK was answered.</summary>
internal sealed record RawAnswer(StatusCode Code, byte[] Bytes, Google.Rpc.Status? Details, string Text)
{
    public string Reason => Details?.GetDetail<ErrorInfo>()?.Reason ?? "";

    public string Domain => Details?.GetDetail<ErrorInfo>()?.Domain ?? "";

    public IReadOnlyList<BadRequest.Types.FieldViolation> Violations =>
        Details?.GetDetail<BadRequest>()?.FieldViolations.ToList() ?? [];
}

/// <summary>Calls a Hub by the names and JSON of its protos: no SDK, no generated stubs, any token.</summary>
internal sealed class RawHub(HubFixture hub) : IDisposable
{
    private static readonly TimeSpan WatchedMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnsweredMax = TimeSpan.FromSeconds(60);
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
    private readonly GrpcChannel channel = hub.Channel();

    /// <summary>Every RPC of every service in the contracts.</summary>
    public static IReadOnlyDictionary<string, MethodDescriptor> Rpcs { get; } = typeof(V1.Receipt).Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
        .Where(property => property?.PropertyType == typeof(FileDescriptor))
        .SelectMany(property => ((FileDescriptor)property!.GetValue(null)!).Services)
        .SelectMany(service => service.Methods)
        .ToDictionary(method => $"{method.Service.Name}/{method.Name}");

    public Task<RawAnswer> CallAsync(string rpc, string json, string? token) =>
        CallAsync(rpc, JsonParser.Default.Parse(json, Rpcs[rpc].InputType).ToByteArray(), token);

    public Task<RawAnswer> CallAsync(string rpc, IMessage request, string? token) => CallAsync(rpc, request.ToByteArray(), token);

    public async Task<RawAnswer> CallAsync(string rpc, byte[] request, string? token, DateTime? deadline = null)
    {
        var method = Rpcs[rpc];
        var isStream = method.IsServerStreaming;
        var headers = token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } };
        var options = new CallOptions(
            headers, deadline ?? TimeProvider.System.GetUtcNow().UtcDateTime + (isStream ? WatchedMax : AnsweredMax), TestContext.Current.CancellationToken);
        try
        {
            return new RawAnswer(StatusCode.OK, await SendAsync(method, request, options), null, "");
        }
        catch (RpcException e)
        {
            return new RawAnswer(e.StatusCode, [], e.GetRpcStatus(), e.Status.Detail);
        }
    }

    /// <summary>A stream of bytes both ways.</summary>
    public AsyncDuplexStreamingCall<byte[], byte[]> Open(string rpc, string token) => channel.CreateCallInvoker().AsyncDuplexStreamingCall(
        Method(Rpcs[rpc], MethodType.DuplexStreaming), null,
        new CallOptions(new Metadata { { "authorization", $"Bearer {token}" } }, cancellationToken: TestContext.Current.CancellationToken));

    public void Dispose() => channel.Dispose();

    private async Task<byte[]> SendAsync(MethodDescriptor method, byte[] request, CallOptions options)
    {
        var invoker = channel.CreateCallInvoker();
        if (method.IsClientStreaming)
        {
            using var both = invoker.AsyncDuplexStreamingCall(Method(method, MethodType.DuplexStreaming), null, options);
            await both.RequestStream.CompleteAsync();
            return await both.ResponseStream.MoveNext(options.CancellationToken) ? both.ResponseStream.Current : [];
        }

        if (method.IsServerStreaming)
        {
            using var stream = invoker.AsyncServerStreamingCall(Method(method, MethodType.ServerStreaming), null, options, request);
            return await stream.ResponseStream.MoveNext(options.CancellationToken) ? stream.ResponseStream.Current : [];
        }

        using var call = invoker.AsyncUnaryCall(Method(method, MethodType.Unary), null, options, request);
        return await call;
    }

    private static Method<byte[], byte[]> Method(MethodDescriptor method, MethodType type) =>
        new(type, method.Service.FullName, method.Name, Bytes, Bytes);
}
