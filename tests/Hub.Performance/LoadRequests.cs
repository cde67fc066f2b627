using Google.Type;
using Grpc.Core;
using Hub.V1;

namespace Hub.Performance;

/// <summary>The n-th request of a run: administrations in turn; submissions each time all of them a period further.</summary>
internal sealed class LoadRequests
{
    private const int Variants = 64;
    private const int Seed = 187;
    private readonly LoadPlan plan;
    private readonly (string Parent, Metadata Headers)[] callers;
    private readonly IndicatorValue[][] values;

    public LoadRequests(LoadPlan plan)
    {
        this.plan = plan;
        callers = [.. plan.Tokens.Select(t => ($"administrations/{t.Key}", new Metadata { { "authorization", $"Bearer {t.Value}" } }))];
        var random = new Random(Seed);
        values = [.. Enumerable.Range(0, Variants).Select(_ => MakeValues(random))];
    }

    public (GetBenchmarkRequest Request, Metadata Headers) Read(long call) =>
        (new GetBenchmarkRequest { Name = plan.Benchmark }, callers[call % callers.Length].Headers);

    public (CreateSubmissionRequest Request, Metadata Headers) Submit(long call)
    {
        var period = plan.FirstPeriod + (int)(call / callers.Length);
        if (period >= plan.Periods)
        {
            throw new InvalidOperationException($"All {plan.Periods} periods are filled: the server is faster than the plan allows for. Measure fewer seconds.");
        }

        var (parent, headers) = callers[call % callers.Length];
        var submission = new Submission { Collection = SyntheticCatalogue.Collection(period) };
        submission.Values.AddRange(values[call % Variants]);
        return (new CreateSubmissionRequest { Parent = parent, Submission = submission, RequestId = Guid.NewGuid().ToString("D") }, headers);
    }

    private static IndicatorValue[] MakeValues(Random random) =>
    [
        .. Enumerable.Range(0, SyntheticCatalogue.IndicatorCount).Select(i => new IndicatorValue
        {
            Indicator = SyntheticCatalogue.Indicator(i),
            Decimal = new Google.Type.Decimal { Value = $"{random.Next(0, 1000)}.{random.Next(10, 100)}" },
        }),
    ];
}
