using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Hub.V1;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Silo.Hosting;

/// <summary>One page of a list, and the token of the next; empty on the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string NextPageToken);

/// <summary>
/// Cuts a list into pages as AIP-158 has it. A token names the last item that was given and carries a hash of all other fields of
/// the request, so one of another query is refused. It grants nothing: whoever makes one up only starts his own list elsewhere.
/// </summary>
internal static class Paging
{
    public const int PageSizeDefault = 50;
    public const int PageSizeMax = 200;
    private const int HashLength = 8;

    /// <summary>The page that a request with `page_size` and `page_token` asks for. Keys must be unique in the list.</summary>
    public static Decision<Page<T>> Take<T>(IMessage request, IReadOnlyList<T> items, Func<T, string> key)
    {
        var size = (int)Field(request, "page_size").GetValue(request);
        if (size < 0)
        {
            return Refusal.Invalid("page_size", "A page size is not negative.", $"Leave it out, or send 1 to {PageSizeMax}.");
        }

        var start = StartOf(request, items, key);
        return start.IsRefused ? start.Refusal! : Cut(request, items, key, start.Value, size == 0 ? PageSizeDefault : Math.Min(size, PageSizeMax));
    }

    private static Page<T> Cut<T>(IMessage request, IReadOnlyList<T> items, Func<T, string> key, int start, int size)
    {
        var page = items.Skip(start).Take(size).ToList();
        var isLast = start + page.Count >= items.Count;
        return new Page<T>(page, isLast ? "" : WebEncoders.Base64UrlEncode([.. QueryHash(request), .. Encoding.UTF8.GetBytes(key(page[^1]))]));
    }

    private static Decision<int> StartOf<T>(IMessage request, IReadOnlyList<T> items, Func<T, string> key)
    {
        var token = (string)Field(request, "page_token").GetValue(request);
        if (token.Length == 0)
        {
            return 0;
        }

        var last = KeyIn(token, request);
        for (var i = 0; last is not null && i < items.Count; i++)
        {
            if (key(items[i]) == last)
            {
                return i + 1;
            }
        }

        return new Refusal(ErrorReason.PageTokenInvalid, "The page token is not one of this query. Start again without it.");
    }

    private static string? KeyIn(string token, IMessage request)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(token);
            return bytes.Length > HashLength && bytes.AsSpan(0, HashLength).SequenceEqual(QueryHash(request))
                ? Encoding.UTF8.GetString(bytes.AsSpan(HashLength))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>page_size may change from page to page, all else may not.</summary>
    private static byte[] QueryHash(IMessage request)
    {
        var query = request.Descriptor.Parser.ParseFrom(request.ToByteString());
        Field(query, "page_size").Clear(query);
        Field(query, "page_token").Clear(query);
        return SHA256.HashData([.. Encoding.UTF8.GetBytes(request.Descriptor.FullName), 0, .. query.ToByteArray()])[..HashLength];
    }

    private static Google.Protobuf.Reflection.IFieldAccessor Field(IMessage request, string name) =>
        request.Descriptor.FindFieldByName(name).Accessor;
}
