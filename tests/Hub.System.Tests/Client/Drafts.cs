using Hub.Client;

namespace Hub.SystemTests.Client;

/// <summary>Drafts for tests.</summary>
internal static class Drafts
{
    public const string Collection = "instruments/lpi/periods/2023";

    public static SubmissionDraft One(string value = "3.50") => new(Collection, ("customs", Figure.Decimal(value)));

    public static SubmissionDraft[] Many(int count) => [.. Enumerable.Range(0, count).Select(number => One($"{number}.5"))];

    public static async IAsyncEnumerable<SubmissionDraft> Stream(IEnumerable<SubmissionDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            await Task.Yield();
            yield return draft;
        }
    }
}
