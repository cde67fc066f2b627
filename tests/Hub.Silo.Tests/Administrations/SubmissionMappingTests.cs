using Hub.Silo.Access;
using Hub.Silo.Administrations;
using Hub.Silo.Catalogue;
using Xunit;

namespace Hub.Silo.Tests.Administrations;

public sealed class SubmissionMappingTests
{
    private const string Uuid = "6a1f3c52-9d0e-4b7a-8c21-0123456789ab";
    private static readonly Caller Ukraine = new("adm-ua", null, "UA", new HashSet<string>());
    private static readonly Caller Partner = new("partner", null, null, new HashSet<string>());

    [Theory]
    [InlineData("administrations/self")]
    [InlineData("administrations/UA")]
    public void ParseParent_OfTheCallersOwn_IsTheTokensAdministration(string parent) =>
        Assert.Equal("UA", SubmissionMapping.ParseParent(parent, Ukraine).Value);

    [Theory]
    [InlineData("administrations/PL")]
    [InlineData("administrations/ua")]
    [InlineData("administrations/")]
    [InlineData("administrations/UA/")]
    [InlineData("administrations/UA\n")]
    [InlineData("x/administrations/UA")]
    [InlineData("")]
    public void ParseParent_OfAnotherOrOfNone_IsNotPermitted(string parent) =>
        Assert.Equal(ErrorReason.NotPermitted, SubmissionMapping.ParseParent(parent, Ukraine).Refusal?.Reason);

    [Fact]
    public void ParseName_ByACallerWithoutAdministration_IsNotPermitted() =>
        Assert.Equal(ErrorReason.NotPermitted, SubmissionMapping.ParseName($"administrations/UA/submissions/{Uuid}", Partner).Refusal?.Reason);

    [Theory]
    [InlineData("administrations/UA/submissions/" + Uuid, true)]
    [InlineData("administrations/self/submissions/" + Uuid, true)]
    [InlineData("administrations/PL/submissions/" + Uuid, false)]
    [InlineData("administrations/UA/submissions/6a1f3c529d0e4b7a8c210123456789ab", false)]
    [InlineData("administrations/UA/submissions/" + Uuid + "/receipts/1", false)]
    public void ParseName_OfASubmission_IsItsUuidIfItIsTheCallersOwn(string name, bool isOwn)
    {
        var parsed = SubmissionMapping.ParseName(name, Ukraine);
        Assert.Equal(isOwn ? Guid.Parse(Uuid) : null, parsed.IsRefused ? (Guid?)null : parsed.Value);
    }

    [Theory]
    [InlineData("UA", "1", 1)]
    [InlineData("self", "12", 12)]
    [InlineData("UA", "-1", null)]
    [InlineData("UA", "+1", null)]
    [InlineData("UA", "x", null)]
    [InlineData("UA", "99999999999", null)]
    [InlineData("PL", "1", null)]
    public void ParseReceiptName_OfAVersion_IsReadIfItIsTheCallersOwn(string administration, string version, int? expected)
    {
        var parsed = SubmissionMapping.ParseReceiptName($"administrations/{administration}/submissions/{Uuid}/receipts/{version}", Ukraine);
        Assert.Equal(expected, parsed.IsRefused ? null : parsed.Value.Version);
    }

    [Fact]
    public void ToDraft_OfEachFigure_KeepsItAsItWasSent()
    {
        var submission = new V1.Submission { Collection = SmallStream.Collection };
        submission.Values.Add(new V1.IndicatorValue { Indicator = "a", Decimal = new Google.Type.Decimal { Value = "1e5" }, Disclosure = V1.Disclosure.Public });
        submission.Values.Add(new V1.IndicatorValue { Indicator = "b", Ratio = new V1.Ratio { Numerator = new Google.Type.Decimal { Value = "01" } } });
        submission.Values.Add(new V1.IndicatorValue { Indicator = "c", AbsenceReason = V1.AbsenceReason.NotApplicable });
        submission.Values.Add(new V1.IndicatorValue { Indicator = "d" });
        var draft = SubmissionMapping.ToDraft(submission);
        Assert.Equal(
            [
                new DraftValue("a", DraftFigure.Decimal, "1e5", null, null, 0, (int)Disclosure.PUBLIC),
                new DraftValue("b", DraftFigure.Ratio, null, "01", null, 0, 0),
                new DraftValue("c", DraftFigure.Absence, null, null, null, (int)Absence.NOT_APPLICABLE, 0),
                new DraftValue("d", DraftFigure.None, null, null, null, 0, 0),
            ],
            draft.Values);
    }

    [Fact]
    public void ToDraft_OfNothing_IsAnEmptyDraftThatTheRulesRefuse()
    {
        var draft = SubmissionMapping.ToDraft((V1.Submission?)null);
        Assert.Equal(("", 0), (draft.Collection, draft.Values.Count));
    }

    [Fact]
    public void ToProto_OfAnAnswer_ShowsFiguresInTheDigitsThatWereSent()
    {
        var ratio = new SubmittedValue("RATE", Disclosure.MEMBERS) { Ratio = new SubmittedRatio(ExactDecimal.Parse("01"), ExactDecimal.Parse("4")) };
        var absent = new SubmittedValue("SCORE", Disclosure.OWN_ONLY) { Absence = Absence.NOT_DISCLOSED };
        var answer = new SubmissionAnswer(Guid.Parse(Uuid), SmallStream.Collection, SubmissionStatus.Live, [SmallStream.Recorded("1.50"), ratio, absent], "");
        var proto = SubmissionMapping.ToProto(answer, "UA");
        Assert.Equal($"administrations/UA/submissions/{Uuid}", proto.Name);
        Assert.Equal(
            [("LEVEL", "1.50"), ("RATE", "01/4"), ("SCORE", "NotDisclosed")],
            proto.Values.Select(v => (v.Indicator["instruments/synthetic/indicators/".Length..], v.FigureCase switch
            {
                V1.IndicatorValue.FigureOneofCase.Decimal => v.Decimal.Value,
                V1.IndicatorValue.FigureOneofCase.Ratio => $"{v.Ratio.Numerator.Value}/{v.Ratio.Denominator.Value}",
                _ => v.AbsenceReason.ToString(),
            })));
    }

    // The numbers cross from proto to domain and back by a cast.
    [Fact]
    public void Enums_OfTheDomain_AreThoseOfTheProto()
    {
        AssertSame<Absence, V1.AbsenceReason>();
        AssertSame<Disclosure, V1.Disclosure>();
        AssertSame<SubmissionStatus, V1.SubmissionState>();
    }

    private static void AssertSame<TDomain, TProto>()
        where TDomain : struct, Enum
        where TProto : struct, Enum => Assert.Equal(
            Enum.GetValues<TProto>().Where(v => Convert.ToInt32(v) != 0).Select(v => (Convert.ToInt32(v), v.ToString().ToUpperInvariant())),
            Enum.GetValues<TDomain>().Select(v => (Convert.ToInt32(v), v.ToString().Replace("_", "", StringComparison.Ordinal).ToUpperInvariant())));
}
