using Hub.Privacy;
using Hub.Silo.Catalogue;
using Hub.Silo.Tests.Disclosures;
using Xunit;

namespace Hub.Silo.Tests.Catalogue;

public sealed class PlanReaderTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "policies.yaml", "coalition: 3", "coalition: 9", "policies.yaml(4): policies[0].contributors_min: The policy contradicts itself. Take at least the coalition plus 2." },
        { "policies.yaml", "window: 5", "window: 4", "policies.yaml(2): policies[0].quantiles.window: The policy contradicts itself. Take an odd window" },
        { "policies.yaml", "reviews_required: 1", "reviews_required: 0", "policies.yaml(9): policies[0].reviews_required: Here belongs a whole number from 1 to 2." },
        { "policies.yaml", "publish_lead_seconds: 1\n", "publish_lead_seconds: 0\n", "policies.yaml(10): policies[0].publish_lead_seconds: Here belongs a whole number from 1 to" },
        { "policies.yaml", "code: means", "code: quick", "policies.yaml(11): The policy quick stands already in policies.yaml on line 2." },
        { "plans.yaml", "[region]", "[region, size]", "plans.yaml(5): plans[0].indicators[0].partitions: Groups of two partitions overlap" },
        { "plans.yaml", "[region]", "[continent]", "plans.yaml(5): indicators[0].partitions: No file describes groups of the partition continent" },
        { "plans.yaml", "[region]", "[all]", "plans.yaml(5): indicators[0].partitions: No file describes groups of the partition all" },
        { "plans.yaml", "code: T.SCORE", "code: T.OTHER", "plans.yaml(5): indicators[0].code: The instrument test has no indicator T.OTHER." },
        { "plans.yaml", "policy: quick", "policy: slow", "plans.yaml(2): policy: No file describes the policy slow." },
        { "plans.yaml", "partitions: [region]", "statistics: [{statistic: maximum, of_all: public, of_groups: members}]", "plans.yaml(5): plans[0].indicators[0].statistics[0].statistic: \"maximum\" is none of: mean, median, outer-deciles, quartiles, tertiles." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_AMistake_IsNamedWithFileAndLine(string file, string text, string replacement, string expected)
    {
        var mistakes = CatalogueReader.Read(TestCatalogue.With(24, file, text, replacement)).Mistakes.Select(m => m.ToString()).ToList();

        Assert.True(mistakes.Exists(m => m.StartsWith(expected, StringComparison.Ordinal)), string.Join('\n', mistakes));
    }

    [Fact]
    public void Read_PlanWithoutStatistics_TakesTheDefault()
    {
        var plan = TestCatalogue.State(TestCatalogue.Files(24), At).FindPlan("test")!;

        Assert.Equal((1, "quick"), (plan.Version, plan.Policy));
        Assert.Equal(PublicationPlan.DefaultStatistics, Assert.Single(plan.Indicators).ToPrivacy().Statistics);
    }

    [Fact]
    public void Read_PlanWithStatistics_TakesThem()
    {
        var files = TestCatalogue.With(24, "plans.yaml", "partitions: [region]", "statistics: [{statistic: outer-deciles, of_all: public, of_groups: members}]");

        var planned = Assert.Single(TestCatalogue.State(files, At).FindPlan("test")!.Indicators).ToPrivacy();

        Assert.Equal([new PlannedStatistic(StatisticFamily.OuterDeciles, Audience.Public, Audience.Members)], planned.Statistics);
    }

    [Fact]
    public void Policies_OfTheSamples_AreThoseThatTheCoreShips()
    {
        var files = Directory.GetFiles(Samples.Path("catalogue")).Select(path => new CatalogueFile(Path.GetFileName(path), File.ReadAllText(path)));
        var state = files.Select(f => new FileAdopted(f.Name, f.Sha256, "operator", f.Text, CatalogueReader.Read([f]).Files[0].Content))
            .Aggregate(CatalogueState.Empty, (known, adopted) => known.Apply(adopted, At));

        Assert.Equivalent(PrivacyPolicy.Standard, state.FindPolicy("standard")!.ToPrivacy(), strict: true);
        Assert.Equivalent(PrivacyPolicy.SmallProgramme, state.FindPolicy("small-programme")!.ToPrivacy(), strict: true);
        Assert.Equivalent(PrivacyPolicy.Standard with { Name = "sandbox" }, state.FindPolicy("sandbox")!.ToPrivacy(), strict: true);
        Assert.Equal(TimeSpan.FromHours(24), state.FindPolicy("standard")!.PublishLead);
    }
}
