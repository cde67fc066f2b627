using System.Security.Cryptography;
using Google.Protobuf;
using Hub.Transparency;

namespace Hub.SystemTests.Client;

/// <summary>A log in memory, of at most 256 entries, with a key of its own. It does what it is told, lies included.</summary>
internal sealed class FakeLog : ITileSource
{
    public const string Origin = "hub.test/log";
    private readonly object gate = new();
    private List<byte[]> leaves = [];

    public Ed25519Signer Signer { get; init; } = Ed25519Signer.Generate(Origin, RandomNumberGenerator.GetBytes(Ed25519Signer.SeedSize));

    /// <summary>The origin that its checkpoints state, signed by its key all the same.</summary>
    public string StatedOrigin { get; set; } = Origin;

    public string Key => NoteVerifier.Of(Signer).ToString();

    public int Size
    {
        get
        {
            lock (gate) return leaves.Count;
        }
    }

    public V1.Receipt Append(string stream, string kind, ReadOnlySpan<byte> payload, DateTimeOffset time, int schema = 1)
    {
        lock (gate)
        {
            var header = new EntryHeader(Origin, stream, leaves.Count, kind, schema, time).ToBytes();
            var salt = RandomNumberGenerator.GetBytes(Leaf.SaltSize);
            leaves.Add(Leaf.Hash(header, Leaf.PayloadHash(salt, payload)));
            return Prove(new V1.Receipt
            {
                Header = ByteString.CopyFrom(header),
                Salt = ByteString.CopyFrom(salt),
                Payload = ByteString.CopyFrom(payload),
                Position = leaves.Count - 1,
            });
        }
    }

    /// <summary>The receipt proved anew against the whole log.</summary>
    public V1.Receipt Prove(V1.Receipt receipt)
    {
        lock (gate)
        {
            var proved = receipt.Clone();
            proved.Proof.Clear();
            proved.Proof.AddRange(new ProofBuilder(this).Inclusion(receipt.Position, leaves.Count).Select(hash => ByteString.CopyFrom(hash)));
            proved.Checkpoint = Checkpoint();
            return proved;
        }
    }

    public string Checkpoint()
    {
        lock (gate) return SignedNote.Sign(new Checkpoint(StatedOrigin, leaves.Count, Root()).ToText(), Signer);
    }

    public IReadOnlyList<byte[]> Inclusion(long position, long size)
    {
        lock (gate) return new ProofBuilder(this).Inclusion(position, size);
    }

    public IReadOnlyList<byte[]> Consistency(long first, long second)
    {
        lock (gate) return new ProofBuilder(this).Consistency(first, second);
    }

    /// <summary>Another history of the first leaves, under the same key.</summary>
    public void Rewrite()
    {
        lock (gate) leaves = [.. leaves.Select(SHA256.HashData)];
    }

    public void CutTo(int size)
    {
        lock (gate) leaves = leaves[..size];
    }

    public Tile Read(TileAddress address, int width) => address is { Level: 0, Index: 0 }
        ? Tile.Parse(leaves.Take(Tile.MaxWidth).SelectMany(leaf => leaf).ToArray())
        : throw new InvalidOperationException("A fake log has at most 256 entries.");

    private byte[] Root() => leaves.Aggregate(Frontier.Empty, (frontier, leaf) => frontier.Append(leaf)).Root();
}
