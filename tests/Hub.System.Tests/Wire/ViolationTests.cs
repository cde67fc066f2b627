using Google.Protobuf;
using Grpc.Core;
using Hub.SystemTests.Access;
using Hub.Testing;
using Hub.V1;
using Xunit;

namespace Hub.SystemTests.Wire;

/// <summary>Everything wrong is told at once: as much as fits with the refusal, the whole of it by ValidateSubmission.</summary>
public sealed class ViolationTests
{
    private const int Indicators = 120;

    [Fact]
    public async Task Submission_WithManyMistakes_TellsTwentyInTheErrorAndAllOnAsking()
    {
        using var catalogue = new SyntheticCatalogue(indicators: Indicators);
        await using var hub = await HubFixture.StartAsync(options => options.CatalogueFolder = catalogue.Folder);
        await hub.RegisterAsync("UA");
        using var raw = new RawHub(hub);
        var token = hub.MachineToken("adm-UA", "UA", "hub.submit");
        var submission = new Submission { Collection = SyntheticCatalogue.Collection() };
        submission.Values.AddRange(Enumerable.Range(0, Indicators).Select(i => new IndicatorValue
        {
            Indicator = $"instruments/synthetic/indicators/{SyntheticCatalogue.IndicatorAt(i)}",
            Decimal = new Google.Type.Decimal { Value = "-1" },
        }));

        var refused = await raw.CallAsync(
            "SubmissionService/CreateSubmission", new CreateSubmissionRequest { Parent = "administrations/self", Submission = submission, RequestId = Guid.NewGuid().ToString() }, token);
        var told = await raw.CallAsync("SubmissionService/ValidateSubmission", new ValidateSubmissionRequest { Parent = "administrations/self", Submission = submission }, token);

        Assert.Equal((StatusCode.InvalidArgument, "FIELD_INVALID"), (refused.Code, refused.Reason));
        Assert.InRange(refused.Violations.Count, 1, 20);
        Assert.InRange(refused.Details!.ToByteArray().Length, 1, 4096);
        Assert.Contains($"{Indicators} field", refused.Details!.Message, StringComparison.Ordinal);
        var all = ValidateSubmissionResponse.Parser.ParseFrom(told.Bytes).Violations;
        Assert.Equal(Enumerable.Range(0, Indicators).Select(i => $"submission.values[{i}].decimal.value"), all.Select(v => v.Field));
        Assert.Equal(refused.Violations, all.Take(refused.Violations.Count));
        Assert.All(all, v => Assert.Contains("0 to 100000", v.Description, StringComparison.Ordinal));
    }
}
