using System.Text;

namespace Hub.Transparency.Tests;

/// <summary>A small log in memory with a fixed key, and receipts of it.</summary>
internal static class Logs
{
    public const string Origin = "hub.example/log";

    public static readonly Ed25519Signer Signer = Ed25519Signer.Generate(Origin, Seed(1));

    public static readonly NoteVerifier Key = NoteVerifier.Of(Signer);

    public static byte[] Seed(int number) => [.. Enumerable.Range(0, 32).Select(i => (byte)(i + number))];

    public static EntryHeader Header(int number, string origin = Origin) => new(
        origin, "administrations/UA", number, "submitted", 1,
        DateTimeOffset.UnixEpoch.AddDays(20_000).AddTicks(number * TimeSpan.TicksPerMicrosecond));

    /// <summary>The receipt of one entry of a log of this many.</summary>
    public static Receipt Receipt(int position, int size, string origin = Origin, ISigner? signer = null)
    {
        var leaves = Enumerable.Range(0, size).Select(i => LeafOf(Entry(i, origin))).ToArray();
        var tiles = StoredTiles.Of(leaves);
        var checkpoint = new Checkpoint(origin, size, tiles.Edge.ToFrontier().Root());
        return Entry(position, origin) with
        {
            Proof = new ProofBuilder(tiles).Inclusion(position, size),
            Checkpoint = SignedNote.Sign(checkpoint.ToText(), signer ?? Signer),
        };
    }

    private static Receipt Entry(int number, string origin) => new(
        Header(number, origin).ToBytes(), Seed(number % 200), Encoding.UTF8.GetBytes($"entry {number}, naïve"), number, [], "");

    private static byte[] LeafOf(Receipt entry) => Leaf.Hash(entry.Header, Leaf.PayloadHash(entry.Salt, entry.Payload));
}
