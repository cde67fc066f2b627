using System.Security.Cryptography;
using Hub.Silo.Ledger;
using Hub.Transparency;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>A sealed payload opens at its own place only: under the key alone, whoever can write could exchange two of one stream.</summary>
public sealed class SealedPayloadTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(DataKey.Size);
    private static readonly EntryHeader Header = new("o", "administrations/UA", 1, "submitted", 1, DateTimeOffset.UnixEpoch);
    private static readonly Idempotency Request = new(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_AtItsPlace_IsWhatWasSealed(bool hasRequest)
    {
        var (draft, row) = Sealed(hasRequest ? Request : null);

        Assert.Equal(draft.Source.Plain, SealedPayload.Open(Key, row));
    }

    [Fact]
    public void Open_AtAnyOtherPlace_IsRefused()
    {
        var row = Sealed(Request).Row;
        var payload = row.Payload!;
        EntryRow[] others =
        [
            row with { Header = (Header with { Stream = "administrations/CA" }).ToBytes() },
            row with { Header = (Header with { Version = 2 }).ToBytes() },
            row with { Header = (Header with { Kind = "corrected" }).ToBytes() },
            row with { Header = (Header with { Time = DateTimeOffset.UnixEpoch.AddSeconds(1) }).ToBytes() },
            row with { Topic = "instruments/pmm/periods/2025" },
            row with { IdempotencyKey = Request.Fingerprint },
            row with { IdempotencyKey = null },
            row with { Payload = payload with { Fingerprint = Request.Key } },
            row with { Payload = payload with { Fingerprint = null } },
            row with { IdempotencyKey = null, Payload = payload with { Fingerprint = null } },
            row with { IdempotencyKey = null, Payload = payload with { Fingerprint = Request.Key } },
        ];

        Assert.All(others, other => Assert.ThrowsAny<CryptographicException>(() => SealedPayload.Open(Key, other)));
    }

    private static (DraftEntry Draft, EntryRow Row) Sealed(Idempotency? request)
    {
        const string topic = "instruments/pmm/periods/2024";
        var source = PendingEvent.Of(new Event("submitted", 1, topic, "12.5"u8.ToArray()));
        var draft = new DraftEntry(0, Header, Header.ToBytes(), new byte[Leaf.HashSize], source, new DataKeyName(Header.Stream, topic, 0), request);
        return (draft, new EntryRow(0, draft.HeaderBytes, topic, draft.LeafHash, request?.Key, new PayloadRow(0, request?.Fingerprint, SealedPayload.Seal(draft, Key))));
    }
}
