using Hub.Silo.Access;
using Hub.Silo.Administrations;

namespace Hub.Silo.Catalogue;

/// <summary>What the caller's own administration has submitted, as its grain tells it; nobody else's is ever asked.</summary>
internal sealed class OwnSubmissions
{
    private readonly string? administration;
    private readonly Dictionary<string, SubmissionAnswer> lasts = [];

    private OwnSubmissions(string? administration, IEnumerable<SubmissionAnswer> submissions)
    {
        this.administration = administration;

        // Oldest first, and only the last can be live: the one that counts stays.
        foreach (var submission in submissions)
        {
            lasts[submission.Collection] = submission;
        }
    }

    /// <summary>Of one collection, or of all if it is empty.</summary>
    public static async Task<OwnSubmissions> OfAsync(IGrainFactory grains, Caller caller, string collection) =>
        new(caller.Administration, caller.Administration is { } code ? await grains.GetGrain<IAdministrationGrain>(code).ListAsync(collection) : []);

    public V1.OwnStatus StatusIn(string collection) =>
        administration is null ? V1.OwnStatus.Unspecified
        : !lasts.TryGetValue(collection, out var last) ? V1.OwnStatus.NotSubmitted
        : last.Status switch
        {
            SubmissionStatus.Live => V1.OwnStatus.Submitted,
            SubmissionStatus.Withdrawn => V1.OwnStatus.Withdrawn,
            _ => V1.OwnStatus.Erased,
        };

    /// <summary>The name of the live submission; empty if there is none.</summary>
    public string LiveIn(string collection) =>
        lasts.TryGetValue(collection, out var last) && last.Status == SubmissionStatus.Live
            ? $"administrations/{administration}/submissions/{last.Id:D}"
            : "";
}
