using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Hub.Silo.Tests.Releases;
using Hub.V1;

namespace Hub.Silo.Tests.Benchmarks;

/// <summary>
/// What somebody is answered to many questions of every kind: the bytes of the answer or of the refusal. The questions are drawn from
/// the contract by a seed, so an RPC that comes later is asked, too.
/// </summary>
internal sealed class MemberAnswers
{
    private const int QuestionsPerCall = 8;

    private static readonly FileDescriptor[] Files =
    [
        RegistryServiceReflection.Descriptor, CatalogueServiceReflection.Descriptor, SubmissionServiceReflection.Descriptor,
        ReleaseServiceReflection.Descriptor, BenchmarkServiceReflection.Descriptor,
    ];

    // These change what is asked about, or are proved against the latest tree, which grows with entries of any kind.
    private static readonly string[] NotAsked = ["CorrectSubmission", "WithdrawSubmission", "EraseSubmission", "GetReceipt"];

    private static readonly Marshaller<byte[]> Bytes = new(bytes => bytes, bytes => bytes);

    private readonly List<(Method<byte[], byte[]> Method, byte[] Request)> questions = [];

    public MemberAnswers(int seed, IReadOnlyList<string> names)
    {
        var random = new Random(seed);
        foreach (var method in Files.SelectMany(file => file.Services).SelectMany(service => service.Methods))
        {
            if (method.IsClientStreaming || method.IsServerStreaming || NotAsked.Contains(method.Name))
            {
                continue;
            }

            var asked = new Method<byte[], byte[]>(MethodType.Unary, method.Service.FullName, method.Name, Bytes, Bytes);
            questions.AddRange(Enumerable.Range(0, QuestionsPerCall).Select(_ => (asked, Draw(method.InputType, random, names, 0).ToByteArray())));
            questions.AddRange(names.Where(_ => method.InputType.FindFieldByName("name") is not null && method.Name.StartsWith("Get", StringComparison.Ordinal))
                .Select(name => (asked, Named(method.InputType, name).ToByteArray())));
        }
    }

    public int Count => questions.Count;

    public async Task<IReadOnlyList<string>> AskAsync(ReleaseSite site, CallOptions caller)
    {
        using var channel = site.Hub.Channel();
        var invoker = channel.CreateCallInvoker();
        var answers = new List<string>();
        foreach (var (method, request) in questions)
        {
            answers.Add($"{method.FullName} {Convert.ToHexString(request)} {await AskAsync(invoker, method, request, caller)}");
        }

        return answers;
    }

    private static async Task<string> AskAsync(CallInvoker invoker, Method<byte[], byte[]> method, byte[] request, CallOptions caller)
    {
        try
        {
            return Convert.ToHexString(await invoker.AsyncUnaryCall(method, null, caller, request));
        }
        catch (RpcException e)
        {
            var details = e.Trailers.Where(t => t.IsBinary).Select(t => Convert.ToHexString(t.ValueBytes));
            return $"{e.StatusCode} {e.Status.Detail} {string.Join(' ', details)}";
        }
    }

    private static IMessage Named(MessageDescriptor type, string name)
    {
        var message = type.Parser.ParseFrom([]);
        type.FindFieldByName("name").Accessor.SetValue(message, name);
        return message;
    }

    private static IMessage Draw(MessageDescriptor type, Random random, IReadOnlyList<string> names, int depth)
    {
        var message = type.Parser.ParseFrom([]);
        foreach (var field in type.Fields.InDeclarationOrder().Where(field => !field.IsMap && random.Next(4) > 0))
        {
            if (Draw(field, random, names, depth) is not { } value)
            {
                continue;
            }

            if (field.IsRepeated)
            {
                ((IList)field.Accessor.GetValue(message)).Add(value);
            }
            else
            {
                field.Accessor.SetValue(message, value);
            }
        }

        return message;
    }

    private static object? Draw(FieldDescriptor field, Random random, IReadOnlyList<string> names, int depth) => field.FieldType switch
    {
        FieldType.String when field.Name == "request_id" => "7b2f7a52-63a5-4c8e-9a63-5f7f7e6c2b11",
        FieldType.String when field.Name.EndsWith("token", StringComparison.Ordinal) => "",
        FieldType.String => names[random.Next(names.Count)],
        FieldType.Int32 => random.Next(0, 4),
        FieldType.Int64 => (long)random.Next(0, 4),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(0, 4)),
        FieldType.Message when depth < 3 => Draw(field.MessageType, random, names, depth + 1),
        _ => null,
    };
}
