using System.Buffers;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Hub.V1;

namespace Hub.Silo.Benchmarks;

/// <summary>An answer with its bytes, made once: JSON takes the message, gRPC the bytes.</summary>
internal sealed class Prepared<T>(T message) where T : IMessage<T>
{
    private readonly Lazy<byte[]> bytes = new(message.ToByteArray);

    public T Message => message;

    public byte[] Bytes => bytes.Value;
}

/// <summary>
/// The reads of what was published, over gRPC, as bytes that were serialised once for each edition and audience. The generated service has
/// the same methods, whose messages JSON spells out; over gRPC these stand before them (see MapHub).
/// </summary>
internal sealed class PreparedReads(BenchmarkService service)
{
    public BenchmarkService Service => service;
}

/// <summary>Binds <see cref="PreparedReads"/> to the names of the contract.</summary>
internal sealed class PreparedMethods : IServiceMethodProvider<PreparedReads>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<PreparedReads> context)
    {
        Add(context, GetReleaseRequest.Parser, nameof(BenchmarkService.GetRelease), (s, r, c) => s.ReadReleaseAsync(r, c));
        Add(context, GetBenchmarkRequest.Parser, nameof(BenchmarkService.GetBenchmark), (s, r, c) => s.ReadBenchmarkAsync(r, c));
        Add(context, ExportReleaseRequest.Parser, nameof(BenchmarkService.ExportRelease), (s, r, c) => s.ReadExportAsync(r, c));
    }

    private static void Add<TRequest, TResponse>(
        ServiceMethodProviderContext<PreparedReads> context, MessageParser<TRequest> parser, string name,
        Func<BenchmarkService, TRequest, ServerCallContext, ValueTask<Prepared<TResponse>>> read)
        where TRequest : class, IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        var method = new Method<TRequest, byte[]>(
            MethodType.Unary, V1.BenchmarkService.Descriptor.FullName, name,
            Marshallers.Create<TRequest>((_, _) => { }, received => parser.ParseFrom(received.PayloadAsReadOnlySequence())),
            Marshallers.Create<byte[]>(Write, _ => []));
        context.AddUnaryMethod(method, [], async (reads, request, call) => (await read(reads.Service, request, call)).Bytes);
    }

    private static void Write(byte[] bytes, SerializationContext sent)
    {
        sent.SetPayloadLength(bytes.Length);
        sent.GetBufferWriter().Write(bytes);
        sent.Complete();
    }
}
