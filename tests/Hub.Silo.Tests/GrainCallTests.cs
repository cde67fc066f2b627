using Hub.Silo.Access;
using Hub.Silo.Catalogue;
using Hub.Silo.Disclosures;
using Hub.Silo.Releases;
using Hub.V1;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Xunit;

namespace Hub.Silo.Tests;

/// <summary>What crosses a grain call survives it, also between two silos, where it is written and read.</summary>
public sealed class GrainCallTests
{
    private readonly Serializer serializer =
        new ServiceCollection().AddSerializer(s => s.AddAssembly(typeof(Refusal).Assembly)).BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void Refusal_OfSeveralFields_SurvivesACall()
    {
        string[] fields = ["a", "b"];
        Decision<long> decision = Refusal.Invalid([.. fields.Select(f => new Violation(f, "Rule.", "Remedy."))]) with
        {
            Metadata = new Dictionary<string, string> { ["submission"] = "s" },
            RetryAfter = TimeSpan.FromSeconds(1),
        };
        var arrived = Sent(decision).Refusal!;
        Assert.Equal((ErrorReason.FieldInvalid, decision.Refusal!.Detail, TimeSpan.FromSeconds(1)), (arrived.Reason, arrived.Detail, arrived.RetryAfter));
        Assert.Equal(decision.Refusal.Violations, arrived.Violations);
        Assert.Equal("s", arrived.Metadata["submission"]);
    }

    [Fact]
    public void Refusal_OfOneField_SurvivesACall()
    {
        Decision<long> decision = Refusal.Invalid("field", "Rule.", "Remedy.");
        Assert.Equal(decision.Refusal!.Violations, Sent(decision).Refusal!.Violations);
        Assert.Equal(7, Sent((Decision<long>)7).Value);
    }

    [Fact]
    public void Commands_OfTheCatalogue_SurviveACall()
    {
        var adopt = new AdoptCommand([.. SmallCatalogueFiles()], "o");
        Assert.Equal(adopt.Files, Sent(adopt).Files);
        var close = new CloseCommand(new Act(Guid.NewGuid(), [1], [2]), "instruments/x/periods/1", "Why.", "abcd");
        var arrived = Sent(close);
        Assert.Equal((close.Act.RequestId, close.Collection, close.Reason, close.Closer), (arrived.Act.RequestId, arrived.Collection, arrived.Reason, arrived.Closer));
        Assert.Equal((close.Act.Key[0], close.Act.Fingerprint[0]), (arrived.Act.Key[0], arrived.Act.Fingerprint[0]));
    }

    [Fact]
    public void Commands_OfReleases_SurviveACall()
    {
        var act = new Act(Guid.NewGuid(), [1], [2]);
        var conclude = new ConcludeCommand(ReleaseName.Of("instruments/x/periods/1", 3), 7, "proposed", [1, 2]);
        var concluded = Sent(conclude);
        Assert.Equal((conclude.Release, 7, "proposed", 2), (concluded.Release, concluded.ExpectedVersion, concluded.Kind, concluded.Payload.Length));
        var propose = Sent(new ProposeReleaseCommand(act, new Actor("a", true), "instruments/x/periods/1", "c"));
        Assert.Equal((act.RequestId, "a", "instruments/x/periods/1", "c"), (propose.Act.RequestId, propose.Proposer.Pseudonym, propose.Collection, propose.Comment));
        var actor = new ReleaseActor("a", true, false);
        var review = Sent(new ReviewCommand(act, actor, 2, "c", "e"));
        Assert.Equal((actor, 2, "c", "e"), (review.Actor, review.Verdict, review.Comment, review.Etag));
        Assert.Equal(DateTimeOffset.UnixEpoch, Sent(new ScheduleCommand(act, actor, DateTimeOffset.UnixEpoch)).PublishTime);
        Assert.Equal("r", Sent(new WithdrawCommand(act, actor, "r")).Reason);
        Assert.Equal(new ProposedRelease(5, conclude.Release), Sent(new ProposedRelease(5, conclude.Release)));
    }

    [Fact]
    public void ExactDecimal_AsItWasSent_SurvivesACall()
    {
        var arrived = Sent(ExactDecimal.Parse("-01.50"));
        Assert.Equal(("-01.50", -1.5m), (arrived.Text, arrived.Value));
    }

    private static IReadOnlyList<CatalogueFile> SmallCatalogueFiles() => Catalogue.SmallCatalogue.Files;

    private T Sent<T>(T value) => serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
}
