using Hub.Silo.Catalogue;
using Hub.V1;
using Xunit;
using CollectionState = Hub.Silo.Catalogue.CollectionState;

namespace Hub.Silo.Tests.Catalogue;

public sealed class CatalogueRulesTests
{
    private const string Operator = "an operator";
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Start.AddDays(1);

    [Fact]
    public void Adopt_FirstStart_RecordsEachFileWithItsTextHashAndOperator()
    {
        var events = CatalogueRules.Adopt(CatalogueState.Empty, CatalogueReader.Read(SmallCatalogue.Files), Operator, Start).Value.Cast<FileAdopted>().ToList();
        Assert.Equal(SmallCatalogue.Files.Select(f => f.Name).Order(), events.Select(e => e.File));
        Assert.All(events, e => Assert.Equal(
            (SmallCatalogue.Files.Single(f => f.Name == e.File).Text, SmallCatalogue.Files.Single(f => f.Name == e.File).Sha256, Operator),
            (e.Text, e.Sha256, e.Operator)));
        Assert.Equal(64, events[0].Sha256.Length);
    }

    [Fact]
    public void Adopt_SameFiles_RecordsNothing() => Assert.Empty(Adopt(InForce(SmallCatalogue.Files), SmallCatalogue.Files).Value);

    [Fact]
    public void Adopt_FilesWithMistakes_RefusesAllOfThemByFileAndLine()
    {
        var refusal = Adopt(CatalogueState.Empty, SmallCatalogue.With(SmallCatalogue.Instrument, "polarity: better", "polarity: worse")).Refusal;
        Assert.Equal(ErrorReason.FieldInvalid, refusal!.Reason);
        Assert.Equal(
            ["instrument.yaml(16): indicators[0].polarity", "instrument.yaml(41): indicators[2].polarity"],
            refusal.Violations.Select(v => v.Field));
    }

    [Fact]
    public void Adopt_ChangedDefinition_MakesAnotherVersionOfThatIndicatorAlone()
    {
        var before = InForce(SmallCatalogue.Files);
        var events = Adopt(before, SmallCatalogue.With(SmallCatalogue.Instrument, "About the rate.", "About the rate in other words.")).Value;
        Assert.Equal(SmallCatalogue.Instrument, Assert.IsType<FileAdopted>(Assert.Single(events)).File);

        var after = before.Apply(events[0], Later);
        Assert.Equal((1, 2, 1), (after.FindIndicator("synthetic", "LEVEL")!.Version, after.FindIndicator("synthetic", "RATE")!.Version, after.Instruments["synthetic"].Version));
        Assert.Equal("About the rate in other words.", after.FindCollection("instruments/synthetic/periods/2025")!.Indicators[1].Definition.Texts["en"]);
    }

    [Fact]
    public void Adopt_ChangedMembers_MakesAnotherVersionOfThatGroupAndKeepsTheOld()
    {
        var before = InForce(SmallCatalogue.Files);
        var after = Apply(before, Adopt(before, SmallCatalogue.With(SmallCatalogue.Regions, "[AA, BB]", "[AA]")).Value, Later);
        Assert.Equal(["AA"], after.FindGroup("region.north", null)!.Members);
        Assert.Equal(("groups/region.north@2", 1), (after.FindGroup("region.north", null)!.Name, after.FindGroup("region.south", null)!.Version));
        Assert.Equal(["AA", "BB"], after.FindGroup("region.north", 1)!.Members);
        Assert.Null(after.FindGroup("region.north", 3));
    }

    [Fact]
    public void Adopt_ChangedComment_IsRecordedAndChangesNoVersion()
    {
        var before = InForce(SmallCatalogue.Files);
        var events = Adopt(before, SmallCatalogue.With(SmallCatalogue.Regions, "groups:", "# a comment\ngroups:")).Value;
        Assert.Single(events);
        Assert.Equal(1, Apply(before, events, Later).FindGroup("region.north", null)!.Version);
    }

    [Fact]
    public void Adopt_RenamedFile_DropsTheOldNameSoThatItMayComeBack()
    {
        var before = InForce(SmallCatalogue.Files);
        var renamed = SmallCatalogue.Files.Select(f => f.Name == SmallCatalogue.Regions ? f with { Name = "moved.yaml" } : f).ToList();
        var events = Adopt(before, renamed).Value;
        Assert.Equal((SmallCatalogue.Regions, Operator), (Assert.IsType<FileDropped>(events[0]).File, ((FileDropped)events[0]).Operator));
        var after = Apply(before, events, Later);
        Assert.Equal(1, after.FindGroup("region.north", null)!.Version);
        Assert.Equal(2, Adopt(after, SmallCatalogue.Files).Value.Length);
    }

    [Fact]
    public void Adopt_FirstStart_OpensBackfillsAtTheTimeOfTheEntryForGood()
    {
        var before = InForce(SmallCatalogue.Files);
        var backfill = before.FindCollection("instruments/synthetic/periods/2025")!;
        Assert.Equal((Start, CollectionState.Open), (backfill.OpensAt, backfill.StateAt(Start)));

        var changed = SmallCatalogue.With(SmallCatalogue.Calendar, "closes: 2027-03-31T23:59,", "closes: 2027-04-30T23:59,");
        var after = Apply(before, Adopt(before, changed).Value, Later).FindCollection(backfill.Name)!;
        Assert.Equal((Start, new DateTimeOffset(2027, 4, 30, 21, 59, 0, TimeSpan.Zero)), (after.OpensAt, after.ClosesAt));
    }

    public static TheoryData<string, string, string, string> NotAllowed => new()
    {
        { SmallCatalogue.Instrument, "protection_width: 10\n", "protection_width: 9\n", "instrument.yaml(7): protection_width" },
        { SmallCatalogue.Instrument, "value_kind: level", "value_kind: score", "instrument.yaml(7): value_kind" },
        { SmallCatalogue.Calendar, "indicators: [LEVEL, RATE]", "indicators: [LEVEL]", "calendar.yaml(3): indicators" },
        { SmallCatalogue.Calendar, "opens: first-start", "opens: 2026-12-01T00:00", "calendar.yaml(3): window" },
        { SmallCatalogue.Calendar, "closes: 2027-03-31T23:59,", "closes: 2026-11-24T12:00,", "calendar.yaml(3): window" },
        { SmallCatalogue.Calendar, "periods: [2025, 2026]", "periods: [2025]", "(no file)(0): instruments/synthetic/periods/2026" },
        { SmallCatalogue.Regions, "code: region.south", "code: region.west", "(no file)(0): groups/region.south" },
    };

    [Theory]
    [MemberData(nameof(NotAllowed))]
    public void Adopt_WhatMembersRelyOn_IsRefused(string file, string text, string replacement, string field)
    {
        // The level of CHANGE must stay one; what is tested is the level itself.
        var files = SmallCatalogue.With(file, text, replacement).Select(f => text == "value_kind: level"
            ? f with { Text = f.Text.Replace("value_kind: derived-variation\n    derived_from: LEVEL", "value_kind: level", StringComparison.Ordinal) }
            : f).ToList();
        var refusal = Adopt(InForce(SmallCatalogue.Files), files).Refusal;
        Assert.NotNull(refusal);
        Assert.Contains(refusal.Violations, v => v.Field == field);
    }

    [Fact]
    public void Adopt_ProtectionWidthBeforeAnyCollectionOpened_MayChange()
    {
        var files = SmallCatalogue.With(SmallCatalogue.Calendar, "opens: first-start", "opens: 2026-12-24T00:00");
        var changed = files.Select(f => f with { Text = f.Text.Replace("protection_width: 10\n", "protection_width: 9\n", StringComparison.Ordinal) }).ToList();
        Assert.False(Adopt(InForce(files), changed).IsRefused);
        Assert.True(CatalogueRules.Adopt(InForce(files), CatalogueReader.Read(changed), Operator, Start.AddDays(60)).IsRefused);
    }

    [Fact]
    public void Adopt_BackfillThatWouldBeOverAtFirstStart_IsRefused()
    {
        var refusal = CatalogueRules.Adopt(CatalogueState.Empty, CatalogueReader.Read(SmallCatalogue.Files), Operator, Start.AddYears(1)).Refusal;
        Assert.Equal(["calendar.yaml(3): window", "calendar.yaml(3): window"], refusal!.Violations.Select(v => v.Field));
    }

    [Fact]
    public void Adopt_LaterEndOfAWindow_IsTakenBeforeItsEndAndRefusedAfterwards()
    {
        var longer = CatalogueReader.Read(SmallCatalogue.With(SmallCatalogue.Calendar, "closes: 2027-03-31T23:59,", "closes: 2029-03-31T23:59,"));

        Assert.False(CatalogueRules.Adopt(InForce(SmallCatalogue.Files), longer, Operator, Later).IsRefused);
        var refusal = CatalogueRules.Adopt(InForce(SmallCatalogue.Files), longer, Operator, Start.AddYears(1)).Refusal;
        Assert.Contains(refusal!.Violations, v => v.Field == "calendar.yaml(3): window" && v.Rule.Contains("does not open again", StringComparison.Ordinal));
    }

    [Fact]
    public void Close_OpenCollection_ClosesItThenWithItsReason()
    {
        const string name = "instruments/synthetic/periods/2025";
        var before = InForce(SmallCatalogue.Files);
        var closed = CatalogueRules.Close(before, name, " All have submitted. ", "abcd", Later).Value;
        var after = before.Apply(closed, Later).FindCollection(name)!;
        Assert.Equal((Later, "All have submitted."), (after.ClosesAt, after.CloseReason));
        Assert.Equal((CollectionState.Open, CollectionState.Closed), (after.StateAt(Later.AddTicks(-1)), after.StateAt(Later)));
        Assert.Null(before.Apply(closed, Later).FindCollection("instruments/synthetic/periods/2026")!.CloseReason);
    }

    [Fact]
    public void Close_AfterItsTimeOrTwice_IsRefused()
    {
        const string name = "instruments/synthetic/periods/2025";
        var before = InForce(SmallCatalogue.Files);
        Assert.Equal(ErrorReason.CollectionClosed, CatalogueRules.Close(before, name, "Late.", "abcd", Start.AddYears(1)).Refusal?.Reason);
        var after = before.Apply(new CollectionClosed(name, "Enough.", "abcd"), Later);
        Assert.Equal(ErrorReason.CollectionClosed, CatalogueRules.Close(after, name, "Again.", "abcd", Later.AddHours(1)).Refusal?.Reason);
    }

    [Theory]
    [InlineData("instruments/synthetic/periods/1999", "Why.", ErrorReason.NotFound)]
    [InlineData("periods/2025", "Why.", ErrorReason.NotFound)]
    [InlineData("instruments/synthetic/periods/2025", "  ", ErrorReason.FieldInvalid)]
    public void Close_UnknownOrWithoutReason_IsRefused(string name, string reason, ErrorReason refused) =>
        Assert.Equal(refused, CatalogueRules.Close(InForce(SmallCatalogue.Files), name, reason, "abcd", Later).Refusal?.Reason);

    [Fact]
    public void Close_ReasonOverTheLimit_IsRefused() => Assert.Equal(
        "reason", Assert.Single(CatalogueRules.Close(InForce(SmallCatalogue.Files), "instruments/synthetic/periods/2025", new string('x', 501), "abcd", Later).Refusal!.Violations).Field);

    [Fact]
    public void StateAt_AroundItsWindow_IsDerivedFromTheClock()
    {
        var collection = InForce(SmallCatalogue.Files).FindCollection("instruments/synthetic/periods/2027")!;
        Assert.Equal(
            [CollectionState.Scheduled, CollectionState.Open, CollectionState.Open, CollectionState.Closed],
            new[] { collection.OpensAt.AddTicks(-1), collection.OpensAt, collection.ClosesAt.AddTicks(-1), collection.ClosesAt }.Select(collection.StateAt));
    }

    private static Decision<CatalogueEvent[]> Adopt(CatalogueState state, IReadOnlyList<CatalogueFile> files) =>
        CatalogueRules.Adopt(state, CatalogueReader.Read(files), Operator, Later);

    private static CatalogueState InForce(IReadOnlyList<CatalogueFile> files) =>
        Apply(CatalogueState.Empty, CatalogueRules.Adopt(CatalogueState.Empty, CatalogueReader.Read(files), Operator, Start).Value, Start);

    private static CatalogueState Apply(CatalogueState state, IEnumerable<CatalogueEvent> events, DateTimeOffset at) =>
        events.Aggregate(state, (known, happened) => known.Apply(happened, at));
}
