namespace Hub.SystemTests.Access;

/// <summary>
/// Who may call one RPC, written by hand from the protos' own words, and a request that gets past the gate without changing
/// anything. {own} stands for administrations/ and the code of the administration that the request is about, {submission} for its submission.
/// </summary>
/// <param name="MachineScopes">Any one of these opens the RPC to a machine; null means that any valid token does.</param>
/// <param name="PersonScopes">The same for a person.</param>
/// <param name="IsOwn">Only for the administration that the request is about.</param>
public sealed record AccessRowOfDesign(string Rpc, string[]? MachineScopes, string[]? PersonScopes, bool IsOwn, string Request)
{
    private const string Submit = "hub.submit";
    private const string Read = "hub.read";
    private const string Review = "hub.review";
    private const string Operate = "hub.operate";
    private const string Id = "00000000-0000-4000-8000-000000000001";
    private const string Collection = "instruments/lpi/periods/2023";
    private const string Release = Collection + "/releases/1";

    public static readonly string[] AllScopes = [Submit, Read, Review, Operate, "hub.audit"];

    public static IReadOnlyList<AccessRowOfDesign> Rows { get; } =
    [
        AnyToken("RegistryService/WhoAmI", "{}"),
        For("RegistryService/GetAdministration", [Read, Submit, Operate, Review], """{"name": "{own}"}"""),
        For("RegistryService/ListAdministrations", [Read, Submit, Operate, Review], "{}"),
        For("RegistryService/ProposeChange", [Operate], """{"request_id": "not a uuid"}"""),
        For("RegistryService/ConfirmChange", [Operate], """{"name": "changes/none"}"""),
        For("RegistryService/GetChange", [Operate], """{"name": "changes/none"}"""),
        For("RegistryService/ListChanges", [Operate], "{}"),
        For("RegistryService/SuspendAdministration", [Operate], """{"name": "{own}", "request_id": "not a uuid"}"""),

        For("CatalogueService/GetInstrument", [Read, Submit, Operate, Review], """{"name": "instruments/lpi"}"""),
        For("CatalogueService/ListInstruments", [Read, Submit, Operate, Review], "{}"),
        For("CatalogueService/GetIndicator", [Read, Submit, Operate, Review], """{"name": "instruments/lpi/indicators/LP.LPI.CUST.XQ"}"""),
        For("CatalogueService/ListIndicators", [Read, Submit, Operate, Review], """{"parent": "instruments/lpi"}"""),
        For("CatalogueService/GetGroup", [Read, Submit, Operate, Review], """{"name": "groups/all"}"""),
        For("CatalogueService/ListGroups", [Read, Submit, Operate, Review], "{}"),
        For("CatalogueService/GetCollection", [Read, Submit, Operate, Review], $$"""{"name": "{{Collection}}"}"""),
        For("CatalogueService/ListCollections", [Read, Submit, Operate, Review], """{"parent": "instruments/-"}"""),
        For("CatalogueService/CloseCollection", [Operate], $$"""{"name": "{{Collection}}", "request_id": "not a uuid"}"""),

        Own("SubmissionService/ValidateSubmission", """{"parent": "{own}"}"""),
        Own("SubmissionService/CreateSubmission", """{"parent": "{own}", "request_id": "not a uuid"}"""),
        Own("SubmissionService/CorrectSubmission", $$"""{"submission": {"name": "{submission}"}, "request_id": "{{Id}}"}"""),
        Own("SubmissionService/WithdrawSubmission", $$"""{"name": "{submission}", "request_id": "{{Id}}"}"""),
        Own("SubmissionService/EraseSubmission", $$"""{"name": "{submission}", "request_id": "{{Id}}"}"""),
        For("SubmissionService/ConfirmErasure", [Operate], """{"parent": "{own}", "request_id": "not a uuid"}"""),
        For("SubmissionService/ListErasures", [Operate], "{}"),
        Own("SubmissionService/GetSubmission", """{"name": "{submission}"}"""),
        Own("SubmissionService/ListSubmissions", """{"parent": "{own}"}"""),
        Own("SubmissionService/GetReceipt", """{"name": "{submission}/receipts/1"}"""),
        // It names no administration: the token's is meant, so that any member may open a stream.
        new("SubmissionService/SubmitMany", [Submit], [Submit], false, "{}") { NeedsAdministration = true },

        Person("ReleaseService/ProposeRelease", [Review], $$"""{"parent": "{{Collection}}", "request_id": "not a uuid"}"""),
        Person("ReleaseService/GetProposal", [Review], $$"""{"name": "{{Release}}"}"""),
        // What is unpublished is for persons, whatever scope an issuer gave to a machine.
        new("ReleaseService/ListProposals", [Operate], [Review, Operate], false, """{"parent": "instruments/-/periods/-"}"""),
        Person("ReleaseService/ReviewRelease", [Review], $$"""{"name": "{{Release}}", "request_id": "not a uuid"}"""),
        For("ReleaseService/ScheduleRelease", [Operate], $$"""{"name": "{{Release}}", "request_id": "not a uuid"}"""),
        new("ReleaseService/WithdrawRelease", [Operate], [Review, Operate], false, $$"""{"name": "{{Release}}", "request_id": "not a uuid"}"""),

        For("BenchmarkService/ListReleases", [Read], """{"parent": "instruments/-/periods/-"}"""),
        For("BenchmarkService/GetRelease", [Read], $$"""{"name": "{{Release}}"}"""),
        For("BenchmarkService/GetBenchmark", [Read], $$"""{"name": "{{Release}}/indicators/LP.LPI.CUST.XQ/groups/all"}"""),
        new("BenchmarkService/GetStanding", [Read], [Read], false, $$"""{"name": "{{Release}}/indicators/LP.LPI.CUST.XQ/groups/all"}""") { NeedsAdministration = true },
        For("BenchmarkService/WatchReleases", [Read], """{"parent": "instruments/-/periods/-"}"""),
        For("BenchmarkService/ExportRelease", [Read], $$"""{"name": "{{Release}}"}"""),

        AnyToken("LedgerService/GetCheckpoint", "{}"),
        AnyToken("LedgerService/GetInclusionProof", """{"position": 0, "size": 1}"""),
        AnyToken("LedgerService/GetConsistencyProof", """{"first_size": 0, "second_size": 1}"""),
    ];

    /// <summary>The token must speak for a registered administration, whichever it is.</summary>
    public bool NeedsAdministration { get; init; } = IsOwn;

    public string RequestFor(string administration, string submission) =>
        Request.Replace("{own}", $"administrations/{administration}", StringComparison.Ordinal).Replace("{submission}", submission, StringComparison.Ordinal);

    public bool Opens(string scope, bool isPerson) => (isPerson ? PersonScopes : MachineScopes) is not { } scopes || scopes.Contains(scope);

    /// <summary>The reason that the gate must give; empty where it must let the call through.</summary>
    public string RefusalOf(string scope, bool isPerson, Speaker speaker)
    {
        if (!Opens(scope, isPerson))
        {
            return !isPerson && PersonScopes is { } person && person.Contains(scope) ? "PERSON_REQUIRED" : "SCOPE_INSUFFICIENT";
        }

        return (IsOwn && speaker != Speaker.Own) || (NeedsAdministration && speaker is (Speaker.None or Speaker.Unregistered))
            ? "NOT_PERMITTED"
            : "";
    }

    private static AccessRowOfDesign AnyToken(string rpc, string request) => new(rpc, null, null, false, request);

    private static AccessRowOfDesign For(string rpc, string[] scopes, string request) => new(rpc, scopes, scopes, false, request);

    private static AccessRowOfDesign Person(string rpc, string[] scopes, string request) => new(rpc, [], scopes, false, request);

    private static AccessRowOfDesign Own(string rpc, string request) => new(rpc, [Submit], [Submit], true, request);
}

/// <summary>For whom a token speaks, seen from the request.</summary>
public enum Speaker
{
    Own,
    Other,
    Unregistered,
    None,
}
