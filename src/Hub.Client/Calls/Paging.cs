using System.Runtime.CompilerServices;

namespace Hub.Client;

/// <summary>One page of a list and the token of the next; an empty token ends it.</summary>
internal sealed record Page<T>(IEnumerable<T> Items, string NextPageToken);

/// <summary>Lists of any length, fetched page by page as they are read.</summary>
internal static class Paging
{
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<string, CancellationToken, Task<Page<T>>> fetch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var token = "";
        do
        {
            var page = await fetch(token, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items) yield return item;
            token = page.NextPageToken;
        }
        while (token.Length > 0);
    }
}
