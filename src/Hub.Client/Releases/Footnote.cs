namespace Hub.Client;

/// <summary>What has to be known beside a release's figures.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Text">The same for people, in English.</param>
public sealed record Footnote(FootnoteKind Kind, string Text);

/// <summary>What a footnote says.</summary>
public enum FootnoteKind
{
    /// <summary>Newer than this version of the SDK: see the text.</summary>
    Unspecified = 0,

    /// <summary>Contributions were corrected or withdrawn since; the figures are those of the edition's day. How many is not told.</summary>
    ChangedSince = 1,

    /// <summary>The content of a contribution was erased since; there will be no further edition of this collection.</summary>
    ErasedSince = 2,
}
