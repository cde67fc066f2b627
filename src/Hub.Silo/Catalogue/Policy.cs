using System.Text.Json.Serialization;
using Hub.Privacy;

namespace Hub.Silo.Catalogue;

/// <summary>How a release is protected and reviewed. What the numbers mean is said by <see cref="PrivacyPolicy"/>.</summary>
internal sealed record Policy(string Code)
{
    public required int Coalition { get; init; }

    public required int ContributorsMin { get; init; }

    public required int JoinedContributorsMin { get; init; }

    public required int DifferenceMin { get; init; }

    public required int EditionDifferenceMin { get; init; }

    /// <summary>Null where only means are published.</summary>
    public PolicyQuantiles? Quantiles { get; init; }

    public IReadOnlyList<PolicyRounding> CoarseMeans { get; init; } = [];

    /// <summary>How many other persons approve a proposal.</summary>
    public required int ReviewsRequired { get; init; }

    /// <summary>At least so long lies between scheduling and publication.</summary>
    public required TimeSpan PublishLead { get; init; }

    /// <summary>From 1; set by the fold, never part of a file or an entry.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    public PrivacyPolicy ToPrivacy() => new()
    {
        Name = Code,
        Version = Version,
        Coalition = Coalition,
        ContributorsMin = ContributorsMin,
        JoinedContributorsMin = JoinedContributorsMin,
        DifferenceMin = DifferenceMin,
        EditionDifferenceMin = EditionDifferenceMin,
        Quantiles = Quantiles is { } q ? new QuantilePolicy(q.Window, q.Median, q.Tertiles, q.Quartiles, q.OuterDeciles) : null,
        CoarseMeans = [.. CoarseMeans.Select(r => new CoarseRounding(r.ContributorsMax, r.FractionOfRange.Value))],
    };
}

/// <summary>From how many contributors which quantiles are published, and the window that smooths them.</summary>
internal sealed record PolicyQuantiles(int Window, int Median, int Tertiles, int Quartiles, int OuterDeciles);

/// <summary>A coarser rounding of means for few contributors.</summary>
internal sealed record PolicyRounding(int ContributorsMax, ExactDecimal FractionOfRange);
