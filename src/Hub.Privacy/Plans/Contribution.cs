namespace Hub.Privacy;

/// <summary>A contributed value: a level or score, or a rate as numerator over denominator. Exact, never a double.</summary>
public readonly record struct ContributedValue
{
    private ContributedValue(decimal numerator, decimal denominator, bool isRate)
    {
        Numerator = numerator;
        Denominator = denominator;
        IsRate = isRate;
    }

    /// <summary>The level or score, or the rate's numerator.</summary>
    public decimal Numerator { get; }

    /// <summary>1 for a level or score, else the rate's denominator.</summary>
    public decimal Denominator { get; }

    /// <summary>Whether this is a numerator over a denominator.</summary>
    public bool IsRate { get; }

    /// <summary>A level or a score.</summary>
    /// <param name="value">The value.</param>
    public static ContributedValue Level(decimal value) => new(value, 1m, false);

    /// <summary>A rate.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator; must be positive, else the request is refused.</param>
    public static ContributedValue Rate(decimal numerator, decimal denominator) => new(numerator, denominator, true);

    /// <summary>The exact value. The denominator must be positive.</summary>
    internal Rational Exact() => IsRate ? Rational.Of(Numerator) / Rational.Of(Denominator) : Rational.Of(Numerator);
}

/// <summary>One administration's value of one indicator and period.</summary>
/// <param name="Member">The administration.</param>
/// <param name="Version">The version of its submission that the value is from; another version is another value.</param>
/// <param name="Value">The value; null where it was erased since (only in what was shown before).</param>
/// <param name="DisclosedByOwner">Whether its owner opened this value to others, by now: then everybody knows it. A
/// value that another version had is not opened with it, unless it is the same value.</param>
public sealed record Contribution(string Member, int Version, ContributedValue? Value, bool DisclosedByOwner);
