using System.Text;
using Hub.Silo.Administrations;
using Hub.Silo.Catalogue;
using Xunit;

namespace Hub.Silo.Tests.Administrations;

public sealed class SubmissionEventsTests
{
    private static readonly Guid Id = SmallStream.Act().RequestId;

    // These bytes are what receipts hold: whoever reads one in years reads these names.
    [Fact]
    public void ToEntry_OfASubmission_IsTheJsonThatReceiptsHold()
    {
        var entry = SubmissionEntries.ToEntry(new Submitted(Id, SmallStream.Collection,
        [
            SmallStream.Recorded("1.50"),
            new SubmittedValue("RATE", Disclosure.MEMBERS) { Ratio = new SubmittedRatio(ExactDecimal.Parse("01"), ExactDecimal.Parse("4")) },
            new SubmittedValue("SCORE", Disclosure.OWN_ONLY) { Absence = Absence.NOT_DISCLOSED },
        ]));
        Assert.Equal(("submitted", 1, SmallStream.Collection), (entry.Kind, entry.Schema, entry.Topic));
        Assert.Equal(
            """{"values":[{"indicator":"LEVEL","disclosure":"AGGREGATES_ONLY","decimal":"1.50"},"""
            + """{"indicator":"RATE","disclosure":"MEMBERS","ratio":{"numerator":"01","denominator":"4"}},"""
            + """{"indicator":"SCORE","disclosure":"OWN_ONLY","absence":"NOT_DISCLOSED"}],"""
            + $"\"submission\":\"{Id:D}\",\"collection\":\"{SmallStream.Collection}\"}}",
            Encoding.UTF8.GetString(entry.Payload.Span));
    }

    [Fact]
    public void Read_EachKind_IsWhatWasWritten()
    {
        SubmissionEvent[] events =
        [
            new Submitted(Id, SmallStream.Collection, [SmallStream.Recorded("1.50")]),
            new Corrected(Id, SmallStream.Collection, [SmallStream.Recorded("2")], "Recount"),
            new Withdrawn(Id, SmallStream.Collection, "Wrong"),
            new ErasureRequested(Id, SmallStream.Collection, "Right"),
            new Erased(Id, SmallStream.Collection, "Right", [new ErasedSubmission(Id, 4)], [1, 2, 3, 4]),
        ];
        foreach (var happened in events)
        {
            var entry = SubmissionEntries.ToEntry(happened);
            var again = SubmissionEntries.Read(entry.Kind, entry.Payload)!;
            Assert.Equal(happened.GetType(), again.GetType());
            Assert.Equal(entry.Payload.ToArray(), SubmissionEntries.ToEntry(again).Payload.ToArray());
        }
    }

    [Fact]
    public void Read_AKindOfALaterVersion_IsNothingThatThisOneKnows() =>
        Assert.Null(SubmissionEntries.Read("disclosure-chosen", Encoding.UTF8.GetBytes("{}")));
}
