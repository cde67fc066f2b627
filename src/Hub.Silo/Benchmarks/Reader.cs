using Hub.Privacy;

namespace Hub.Silo.Benchmarks;

/// <summary>Who reads an edition. Give to get: what he may read of an indicator depends on what he contributed to it there.</summary>
/// <param name="Own">Null: a partner, who speaks for no administration.</param>
internal sealed record Reader(OwnContribution? Own)
{
    public static readonly Reader Partner = new((OwnContribution?)null);

    /// <summary>The narrowest audience that the reader belongs to.</summary>
    public Audience LevelOf(string indicator) =>
        Own is null ? Audience.Public
        : Own.Values.ContainsKey(indicator) ? Audience.Contributors
        : Audience.Members;
}
