using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Hub.Privacy;
using Hub.Silo.Disclosures;
using V1 = Hub.V1;

namespace Hub.Silo.Releases;

/// <summary>Protected content to the wire: for reviewers all of it, for others what <c>mayRead</c> lets through.</summary>
internal static class BenchmarkMapping
{
    /// <summary>All benchmarks of a release, in the order of its table.</summary>
    /// <param name="mayRead">Whether the reader belongs to the audience of a figure of the indicator with this code.</param>
    public static IEnumerable<V1.Benchmark> ToProto(ReleaseName release, ReleaseContent content, Func<string, Audience, bool> mayRead) =>
        content.Table.Indicators.SelectMany(indicator => indicator.Cells.Select(cell => ToProto(release, content, indicator, cell, mayRead)));

    public static V1.Benchmark ToProto(
        ReleaseName release, ReleaseContent content, ProtectedIndicator indicator, ProtectedCell cell, Func<string, Audience, bool> mayRead)
    {
        var facts = content.Proposed.Indicators.Single(i => i.Code == indicator.Code);
        var group = GroupName(content, cell.Group);
        var benchmark = new V1.Benchmark
        {
            Name = $"{release}/indicators/{indicator.Code}/{group}",
            Indicator = Catalogue.Indicator.NameOf(release.Instrument, indicator.Code),
            IndicatorVersion = facts.Version,
            Unit = facts.Unit,
            Group = group,
            // Of the number of contributors the audience is fixed: members, whatever the plan says of the figures.
            Contributors = cell.Band is { } band && mayRead(indicator.Code, Audience.Members) ? new V1.ContributorBand { Min = band.From, Max = band.To ?? 0 } : null,
            LadderStep = ToProto(indicator.Step),
            Lower = ToProto(indicator.Lower),
            Upper = ToProto(indicator.Upper),
            ProtectionWidth = ToProto(indicator.Width),
            Polarity = (V1.Polarity)facts.Polarity,
        };
        benchmark.JoinedGroups.AddRange(cell.Joined.Select(joined => GroupName(content, joined)));
        benchmark.Figures.AddRange(indicator.Statistics.SelectMany(s => s.Family.Members()).Order().Select(s => ToProto(indicator, cell, s, mayRead)));
        benchmark.ComparabilityNotes.AddRange(facts.Notes.Select(note => new V1.LocalizedText { Texts = { note.Texts.ToDictionary() } }));
        return benchmark;
    }

    /// <summary>The release without its benchmarks.</summary>
    public static V1.Release ToProto(OpenRelease release)
    {
        var proto = new V1.Release
        {
            Name = release.Name.ToString(),
            Collection = release.Name.Collection,
            Edition = release.Name.Number,
            State = (V1.ReleaseState)release.Status,
            PublishTime = release.PublishTime.ToTimestamp(),
            SupersededBy = release.SupersededBy?.ToString() ?? "",
            WithdrawReason = release.Withdrawal?.Reason ?? "",
            Plan = release.Plan,
            Policy = release.Policy,
            Fence = release.Fence,
            Checkpoint = release.Content.Proposed.Checkpoint,
        };
        if (release.IsChangedSince)
        {
            proto.Footnotes.Add(new V1.Footnote
            {
                Kind = V1.FootnoteKind.ChangedSince,
                Text = "Contributions were corrected or withdrawn after this edition; its figures are those of its day.",
            });
        }

        if (release.IsErasedSince)
        {
            proto.Footnotes.Add(new V1.Footnote
            {
                Kind = V1.FootnoteKind.ErasedSince,
                Text = "The content of a contribution was erased after this edition; there will be no further one.",
            });
        }

        return proto;
    }

    public static V1.LadderStep ToProto(LadderStep step) => (V1.LadderStep)(step + 1);

    public static V1.Statistic ToProto(Statistic statistic) => (V1.Statistic)(statistic + 1);

    public static V1.Audience ToProto(Audience audience) => (V1.Audience)(audience + 1);

    public static V1.WithheldReason ToProto(WithheldRule rule) => (V1.WithheldReason)(rule + 1);

    /// <summary>groups/{code}@{version}; `all` and `other` are not of the catalogue and have no version.</summary>
    public static string GroupName(ReleaseContent content, string code) =>
        content.Proposed.Groups.FirstOrDefault(g => g.Code == code) is { } group ? $"groups/{code}@{group.Version}" : $"groups/{code}";

    public static Google.Type.Decimal ToProto(decimal value) => new() { Value = value.ToString(CultureInfo.InvariantCulture) };

    private static V1.Figure ToProto(ProtectedIndicator indicator, ProtectedCell cell, Statistic statistic, Func<string, Audience, bool> mayRead)
    {
        var audience = indicator.AudienceOf(cell, statistic);
        var figure = new V1.Figure { Statistic = ToProto(statistic), Audience = ToProto(audience) };
        // Whether it is published at all is for its audience, too.
        if (!mayRead(indicator.Code, audience))
        {
            figure.WithheldReason = V1.WithheldReason.Audience;
        }
        else if (cell.Find(statistic) is { } shown)
        {
            figure.Value = new V1.RoundedValue { Value = ToProto(shown.Value), RoundingBase = ToProto(shown.RoundedTo) };
        }
        else
        {
            figure.WithheldReason = ToProto(cell.Withheld.Single(w => w.Statistic == statistic).Rule);
        }

        return figure;
    }
}
