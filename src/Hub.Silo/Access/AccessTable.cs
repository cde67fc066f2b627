using System.Collections.Frozen;

namespace Hub.Silo.Access;

/// <summary>Who may call one RPC.</summary>
/// <param name="Scopes">One of these is needed; none means that any valid token will do.</param>
internal sealed record AccessRow(params string[] Scopes)
{
    /// <summary>Also without a token.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Only a person's token.</summary>
    public bool Person { get; init; }

    /// <summary>The token must speak for an administration, registered and not suspended.</summary>
    public bool Administration { get; init; }

    /// <summary>Changes something: refused on a silo that has lost touch with the ledger.</summary>
    public bool Changes { get; init; }

    /// <summary>Streams, so it counts against the caller's open streams.</summary>
    public bool Streams { get; init; }
}

/// <summary>One row for each RPC. What has no row is refused, and fails the tests.</summary>
internal static class AccessTable
{
    private static readonly AccessRow Anonymous = new() { Anonymous = true };
    private static readonly AccessRow AnyToken = new();
    private static readonly AccessRow Reading = new(Scopes.Read, Scopes.Submit, Scopes.Operate, Scopes.Review);
    private static readonly AccessRow ReadingPublished = new(Scopes.Read);
    private static readonly AccessRow Operating = new(Scopes.Operate) { Changes = true };
    private static readonly AccessRow Reviewing = new(Scopes.Review) { Person = true, Changes = true };
    private static readonly AccessRow OwnReading = new(Scopes.Submit) { Administration = true };
    private static readonly AccessRow OwnChanging = new(Scopes.Submit) { Administration = true, Changes = true };

    public static readonly FrozenDictionary<string, AccessRow> Rows = new Dictionary<string, AccessRow>
    {
        ["/hub.v1.RegistryService/WhoAmI"] = AnyToken,
        ["/hub.v1.RegistryService/GetAdministration"] = Reading,
        ["/hub.v1.RegistryService/ListAdministrations"] = Reading,
        ["/hub.v1.RegistryService/ProposeChange"] = Operating,
        ["/hub.v1.RegistryService/ConfirmChange"] = Operating,
        ["/hub.v1.RegistryService/SuspendAdministration"] = Operating,
        ["/hub.v1.RegistryService/GetChange"] = Operating with { Changes = false },
        ["/hub.v1.RegistryService/ListChanges"] = Operating with { Changes = false },

        ["/hub.v1.CatalogueService/GetInstrument"] = Reading,
        ["/hub.v1.CatalogueService/ListInstruments"] = Reading,
        ["/hub.v1.CatalogueService/GetIndicator"] = Reading,
        ["/hub.v1.CatalogueService/ListIndicators"] = Reading,
        ["/hub.v1.CatalogueService/GetGroup"] = Reading,
        ["/hub.v1.CatalogueService/ListGroups"] = Reading,
        ["/hub.v1.CatalogueService/GetCollection"] = Reading,
        ["/hub.v1.CatalogueService/ListCollections"] = Reading,
        ["/hub.v1.CatalogueService/CloseCollection"] = Operating,

        ["/hub.v1.SubmissionService/ValidateSubmission"] = OwnReading,
        ["/hub.v1.SubmissionService/CreateSubmission"] = OwnChanging,
        ["/hub.v1.SubmissionService/CorrectSubmission"] = OwnChanging,
        ["/hub.v1.SubmissionService/WithdrawSubmission"] = OwnChanging,
        ["/hub.v1.SubmissionService/EraseSubmission"] = OwnChanging,
        ["/hub.v1.SubmissionService/ConfirmErasure"] = Operating,
        ["/hub.v1.SubmissionService/ListErasures"] = Operating with { Changes = false },
        ["/hub.v1.SubmissionService/GetSubmission"] = OwnReading,
        ["/hub.v1.SubmissionService/ListSubmissions"] = OwnReading,
        ["/hub.v1.SubmissionService/GetReceipt"] = OwnReading,
        ["/hub.v1.SubmissionService/SubmitMany"] = OwnChanging with { Streams = true },

        ["/hub.v1.ReleaseService/ProposeRelease"] = Reviewing,
        ["/hub.v1.ReleaseService/GetProposal"] = Reviewing,
        ["/hub.v1.ReleaseService/ListProposals"] = new(Scopes.Review, Scopes.Operate),
        ["/hub.v1.ReleaseService/ReviewRelease"] = Reviewing,
        ["/hub.v1.ReleaseService/ScheduleRelease"] = Operating,
        ["/hub.v1.ReleaseService/WithdrawRelease"] = new(Scopes.Review, Scopes.Operate) { Changes = true },

        ["/hub.v1.BenchmarkService/ListReleases"] = ReadingPublished,
        ["/hub.v1.BenchmarkService/GetRelease"] = ReadingPublished,
        ["/hub.v1.BenchmarkService/GetBenchmark"] = ReadingPublished,
        ["/hub.v1.BenchmarkService/GetStanding"] = ReadingPublished with { Administration = true },
        ["/hub.v1.BenchmarkService/WatchReleases"] = ReadingPublished with { Streams = true },
        ["/hub.v1.BenchmarkService/ExportRelease"] = ReadingPublished,

        ["/hub.v1.LedgerService/GetCheckpoint"] = AnyToken,
        ["/hub.v1.LedgerService/GetInclusionProof"] = AnyToken,
        ["/hub.v1.LedgerService/GetConsistencyProof"] = AnyToken,

        ["/grpc.health.v1.Health/Check"] = Anonymous,
        ["/grpc.health.v1.Health/List"] = Anonymous,
        ["/grpc.health.v1.Health/Watch"] = Anonymous with { Streams = true },
        ["/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"] = Anonymous with { Streams = true },
        ["/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"] = Anonymous with { Streams = true },
    }.ToFrozenDictionary();
}
