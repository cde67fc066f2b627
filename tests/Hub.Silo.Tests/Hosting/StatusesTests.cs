using Google.Rpc;
using Hub.Silo.Hosting;
using Xunit;

namespace Hub.Silo.Tests.Hosting;

public sealed class StatusesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(20, 20)]
    [InlineData(21, 20)]
    [InlineData(500, 20)]
    public void From_ViolationsOfOneRefusal_TellsTheFirstTwentyAndHowManyThereAre(int violations, int told)
    {
        var status = Statuses.From(Refusal.Invalid([.. Enumerable.Range(0, violations).Select(i => new Violation($"f[{i}]", "It is wrong.", "Change it."))]));
        var bad = status.Details.Single(d => d.Is(BadRequest.Descriptor)).Unpack<BadRequest>();
        Assert.Equal(Enumerable.Range(0, told).Select(i => $"f[{i}]"), bad.FieldViolations.Select(v => v.Field));
        Assert.StartsWith($"{violations} field(s)", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_ViolationsWithLongTexts_TellsAsManyAsOtherImplementationsTake()
    {
        var status = Statuses.From(Refusal.Invalid([.. Enumerable.Range(0, 20).Select(i => new Violation($"f[{i}]", new string('x', 600), "Change it."))]));
        Assert.InRange(status.CalculateSize(), 3400, 4096);
        Assert.InRange(status.Details.Single(d => d.Is(BadRequest.Descriptor)).Unpack<BadRequest>().FieldViolations.Count, 1, 19);
    }

    [Fact]
    public void From_AReasonOfTheProto_HasACodeOfItsOwnAndNotInternal() => Assert.All(
        Enum.GetValues<ErrorReason>().Except([ErrorReason.Unspecified, ErrorReason.Internal]),
        reason => Assert.NotEqual(Grpc.Core.StatusCode.Internal, Statuses.CodeOf(reason)));
}
