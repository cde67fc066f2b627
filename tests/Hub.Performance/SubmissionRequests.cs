using Google.Type;
using Grpc.Core;
using Hub.V1;

namespace Hub.Performance;

/// <summary>The n-th request of a run: administrations in turn, each time all of them a period further.</summary>
internal sealed class SubmissionRequests
{
    private const int Variants = 64;
    private const int Seed = 187;
    private readonly int periods;
    private readonly (string Parent, Metadata Headers)[] callers;
    private readonly IndicatorValue[][] values;

    public SubmissionRequests(LoadPlan plan)
    {
        periods = plan.Periods;
        callers = [.. plan.Tokens.Select(t => ($"administrations/{t.Key}", new Metadata { { "authorization", $"Bearer {t.Value}" } }))];
        var random = new Random(Seed);
        values = [.. Enumerable.Range(0, Variants).Select(_ => MakeValues(random))];
    }

    public (CreateSubmissionRequest Request, Metadata Headers) Make(long call)
    {
        var period = (int)(call / callers.Length);
        if (period >= periods)
        {
            throw new InvalidOperationException($"All {periods} periods are filled: the server is faster than the plan allows for. Measure fewer seconds.");
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
