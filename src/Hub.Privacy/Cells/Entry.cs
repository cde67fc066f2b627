namespace Hub.Privacy;

/// <summary>A checked contribution with its exact value. A level has denominator 1.</summary>
internal sealed record Entry(string Member, int Version, bool Disclosed, Rational Numerator, Rational Denominator)
{
    public Rational Value { get; } = Numerator / Denominator;

    public static Entry Of(Contribution contribution)
    {
        var value = contribution.Value!.Value;
        return new(contribution.Member, contribution.Version, contribution.DisclosedByOwner,
            Rational.Of(value.Numerator), Rational.Of(value.Denominator));
    }
}
