using Google.Protobuf;
using Hub.Silo.Tests.Releases;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Benchmarks;

/// <summary>Attacks 5 and 10 of the list in the design of privacy, on the RPCs alone: asking again and again, with other figures of one's own or with none.</summary>
public sealed class ProbingAttackTests
{
    private const int Members = 24;
    private const decimal Width = 10m;
    private static readonly decimal[] Values = [50m, .. Enumerable.Range(1, Members - 1).Select(i => 2.11m + (i * 4m))];

    /// <summary>Attack 5: correct one's own value and ask for the standing, as a search for the value of the peer in the middle would.</summary>
    [Fact]
    public async Task Prober_ByCorrections_IsToldTheSameEachTime()
    {
        await using var site = await ReleaseSite.StartAsync(Members);
        var submissions = await site.SubmitAsync(Values);
        await site.CloseAsync();
        await site.PublishAsync();
        using var channel = site.Hub.Channel();
        var benchmarks = new V1.BenchmarkService.BenchmarkServiceClient(channel);
        var answers = new HashSet<string>();

        var found = await SearchAsync(Members / 2, async value =>
        {
            await site.CorrectAsync(0, submissions[0], value);
            var standing = (await benchmarks.GetStandingAsync(new GetStandingRequest { Name = Name("all") }, site.AsMember(0))).Standing;
            answers.Add(standing.ToByteString().ToBase64());
            return standing.LowestPart;
        });

        Assert.Single(answers);
        Assert.True(found is 0m or 100m);
    }

    /// <summary>Mutant: no freezing, and the exact rank. The same search recovers every peer.</summary>
    [Fact]
    public async Task Prober_OfALiveExactRank_RecoversEveryPeer()
    {
        var peers = Values[1..];
        for (var rank = 1; rank <= peers.Length; rank++)
        {
            var found = await SearchAsync(rank, value => Task.FromResult(1 + peers.Count(peer => peer < value)));
            Assert.InRange(found, peers[rank - 1] - (Width / 4m), peers[rank - 1] + (Width / 4m));
        }
    }

    /// <summary>Attack 10: the same in parallel, by everybody, and after a restart.</summary>
    [Fact]
    public async Task Repeater_InParallelAndAfterARestart_HasOneDraw()
    {
        await using var site = await ReleaseSite.StartAsync(Members);
        await site.SubmitAsync(Values);
        await site.CloseAsync();
        await site.PublishAsync();

        var answers = (await AskAsync(site)).ToHashSet();
        await site.RestartAsync();
        answers.UnionWith(await AskAsync(site));

        Assert.Single(answers);
    }

    /// <summary>Mutant: rounding up or down by chance, anew for each answer. The average tells what one answer does not.</summary>
    [Fact]
    public void Repeater_OfAFreshDrawEachTime_LearnsTheTrueMean()
    {
        const decimal unit = 0.25m;
        var truth = Values.Average();
        var random = new Random(7);
        var average = Enumerable.Range(0, 4000).Average(_ => unit * Math.Floor((truth / unit) + (decimal)random.NextDouble()));

        Assert.True(Math.Abs(average - truth) < unit / 20m);
        Assert.True(Math.Abs((unit * Math.Round(truth / unit)) - truth) > unit / 20m);
    }

    private static async Task<IEnumerable<string>> AskAsync(ReleaseSite site)
    {
        using var channel = site.Hub.Channel();
        var benchmarks = new V1.BenchmarkService.BenchmarkServiceClient(channel);
        var request = new GetBenchmarkRequest { Name = Name("region.A") };
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => benchmarks.GetBenchmarkAsync(request, site.AsMember(i % Members)).ResponseAsync));
        return answers.Select(answer => answer.ToByteString().ToBase64());
    }

    /// <summary>Halves the range until the value at which the answer rises above a rank is known to a quarter point.</summary>
    private static async Task<decimal> SearchAsync(int rank, Func<decimal, Task<int>> ask)
    {
        var (low, high) = (0m, 100m);
        for (var i = 0; i < 9; i++)
        {
            var middle = Math.Round((low + high) / 2m, 2);
            (low, high) = await ask(middle) > rank ? (low, middle) : (middle, high);
        }

        return low == 0m ? 0m : high == 100m ? 100m : (low + high) / 2m;
    }

    private static string Name(string group) => $"{ReleaseSite.Collection}/releases/1/indicators/{ReleaseSite.Indicator}/groups/{group}";
}
