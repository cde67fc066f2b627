using Grpc.Core;
using Hub.Silo.Ledger;
using Hub.V1;

namespace Hub.Performance;

/// <summary>The same messages on the same host and nothing else: what gRPC alone costs.</summary>
internal sealed class EchoTwin : SubmissionService.SubmissionServiceBase
{
    public override Task<CreateSubmissionResponse> CreateSubmission(CreateSubmissionRequest request, ServerCallContext context) =>
        Task.FromResult(new CreateSubmissionResponse { Submission = request.Submission });
}

/// <summary>The answer to a read, made before anybody asks: what gRPC alone costs.</summary>
internal sealed class ReadTwin(GetBenchmarkResponse answer) : BenchmarkService.BenchmarkServiceBase
{
    public override Task<GetBenchmarkResponse> GetBenchmark(GetBenchmarkRequest request, ServerCallContext context) => Task.FromResult(answer);
}

/// <summary>The plainest durable server: each request in a transaction of its own, nothing checked, nothing proved.</summary>
internal sealed class InsertTwin(InsertTwinDatabase database) : SubmissionService.SubmissionServiceBase
{
    public override async Task<CreateSubmissionResponse> CreateSubmission(CreateSubmissionRequest request, ServerCallContext context)
    {
        await database.StoreAsync(request, context.CancellationToken);
        return new CreateSubmissionResponse { Submission = request.Submission };
    }
}

/// <summary>The insert-per-request twin's database, opened as the ledger opens its own.</summary>
internal sealed class InsertTwinDatabase : IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    public InsertTwinDatabase(string file)
    {
        Session = SqliteSession.Open(file);
        Session.Execute("CREATE TABLE submission (position INTEGER PRIMARY KEY, request_id TEXT NOT NULL UNIQUE, body BLOB NOT NULL)");
    }

    public SqliteSession Session { get; }

    public async Task StoreAsync(CreateSubmissionRequest request, CancellationToken cancellationToken)
    {
        var body = Google.Protobuf.MessageExtensions.ToByteArray(request);
        await one.WaitAsync(cancellationToken);
        try
        {
            Session.Transact(() => Session.Prepare("INSERT INTO submission (request_id, body) VALUES (?1, ?2)")
                .Bind(1, request.RequestId).Bind(2, body).Run());
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        one.Dispose();
    }
}
