using Grpc.Core;
using Hub.Silo.Ledger;
using Hub.SystemTests.Faults;
using Hub.Testing;
using Hub.V1;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.SystemTests.Access;

/// <summary>Each reason of the contract is provoked through the public API, and has the status code that the proto states.</summary>
public sealed class ErrorReasonTests
{
    private const string Create = "SubmissionService/CreateSubmission";
    private const string Lpi = "instruments/lpi/periods/2023";

    /// <summary>How each reason is provoked. A new reason without a line here fails <see cref="Reason_OfTheContract_IsProvokedBySomeTest"/>.</summary>
    private static readonly Dictionary<ErrorReason, (StatusCode Code, Func<Task<RawAnswer>> Provoke)> Provocations = new()
    {
        [ErrorReason.TokenMissing] = (StatusCode.Unauthenticated, () => With(hub => hub.Call("RegistryService/WhoAmI", "{}", null))),
        [ErrorReason.TokenInvalid] = (StatusCode.Unauthenticated, () => With(hub => hub.Call("RegistryService/WhoAmI", "{}", "nonsense"))),
        [ErrorReason.ScopeInsufficient] = (StatusCode.PermissionDenied, () => With(hub => hub.AsMember("RegistryService/ListChanges", "{}"))),
        [ErrorReason.NotPermitted] = (StatusCode.PermissionDenied, () => With(hub => hub.AsMember("SubmissionService/ListSubmissions", """{"parent": "administrations/PL"}"""))),
        [ErrorReason.AdministrationSuspended] = (StatusCode.PermissionDenied, () => With(async hub =>
        {
            await hub.DoneAsOperator("RegistryService/SuspendAdministration", $$"""{"name": "administrations/UA", "reason": "r", "request_id": "{{Id()}}"}""");
            return await hub.AsMember("SubmissionService/ListSubmissions", """{"parent": "administrations/self"}""");
        })),
        [ErrorReason.PersonRequired] = (StatusCode.PermissionDenied, () => With(hub =>
            hub.Call("ReleaseService/ProposeRelease", $$"""{"parent": "{{Lpi}}", "request_id": "{{Id()}}"}""", hub.Machine("hub.review")))),
        [ErrorReason.FieldInvalid] = (StatusCode.InvalidArgument, () => With(hub => hub.SubmitAsync("5.5"))),
        [ErrorReason.PageTokenInvalid] = (StatusCode.InvalidArgument, () => With(hub => hub.AsMember("CatalogueService/ListInstruments", """{"page_token": "bm9uc2Vuc2U"}"""))),
        [ErrorReason.RequestIdReused] = (StatusCode.AlreadyExists, () => With(async hub =>
        {
            var id = Id();
            await Done(hub.SubmitAsync("2.4", id));
            return await hub.SubmitAsync("2.5", id);
        })),
        [ErrorReason.EtagMismatch] = (StatusCode.Aborted, () => With(async hub =>
            await hub.AsMember("SubmissionService/WithdrawSubmission", $$"""{"name": "{{await hub.SubmittedAsync()}}", "etag": "old", "reason": "r", "request_id": "{{Id()}}"}"""))),
        [ErrorReason.MessageTooLarge] = (StatusCode.ResourceExhausted, () => With(hub => hub.AsMember(Create, $$"""{"parent": "{{new string('a', 1_100_000)}}"}"""))),
        [ErrorReason.MessageMalformed] = (StatusCode.InvalidArgument, () => With(hub => hub.GarbageAsync())),
        [ErrorReason.NotFound] = (StatusCode.NotFound, () => With(hub => hub.AsMember("CatalogueService/GetInstrument", """{"name": "instruments/none"}"""))),
        [ErrorReason.CollectionNotOpen] = (StatusCode.FailedPrecondition, () => WithSynthetic(
            hub => hub.SubmitSyntheticAsync(), window: "{opens: 2098-01-01T00:00, closes: 2099-12-31T23:59, zone: Europe/Kyiv}")),
        [ErrorReason.CollectionClosed] = (StatusCode.FailedPrecondition, () => With(async hub =>
        {
            await hub.CloseAsync(Lpi);
            return await hub.SubmitAsync("2.4");
        })),
        [ErrorReason.SubmissionExists] = (StatusCode.AlreadyExists, () => With(async hub =>
        {
            await hub.SubmittedAsync();
            return await hub.SubmitAsync("2.5");
        })),
        [ErrorReason.SubmissionWithdrawn] = (StatusCode.FailedPrecondition, () => With(hub => hub.TwiceAsync("WithdrawSubmission"))),
        [ErrorReason.SubmissionErased] = (StatusCode.FailedPrecondition, () => With(hub => hub.TwiceAsync("EraseSubmission"))),
        [ErrorReason.ChangeNotPending] = (StatusCode.FailedPrecondition, () => With(hub => hub.ConfirmedTwiceAsync("bo", "cy"), confirmations: 1)),
        [ErrorReason.ConfirmationBySamePerson] = (StatusCode.FailedPrecondition, () => With(hub => hub.ConfirmedTwiceAsync("bo", "ada", confirmFirst: false), confirmations: 1)),
        [ErrorReason.ChangeNotApplicable] = (StatusCode.FailedPrecondition, () => With(hub => hub.RegisterAsync("UA"))),
        [ErrorReason.QuotaExceeded] = (StatusCode.ResourceExhausted, () => With(hub => hub.ManyStreamsAsync())),
        [ErrorReason.LedgerUnavailable] = (StatusCode.Unavailable, () => With(
            hub =>
            {
                hub.Faults.FailNext(LedgerFault.AfterCommitBeforeReply, outcomeUnknown: true);
                return hub.SubmitAsync("2.4");
            })),
        [ErrorReason.SiloNotReady] = (StatusCode.Unavailable, () => With(hub => hub.SubmitAsync("2.4"), isStale: true)),
        [ErrorReason.DeadlineExceeded] = (StatusCode.DeadlineExceeded, () => With(hub => hub.LateAsync(), isOnKestrel: true)),
        [ErrorReason.Internal] = (StatusCode.Internal, () => With(hub => hub.CorruptAsync(), mayBeUnsound: true)),
        [ErrorReason.Unimplemented] = (StatusCode.Unimplemented, () => With(hub => hub.UnknownRpcAsync())),
        [ErrorReason.CollectionOpen] = (StatusCode.FailedPrecondition, () => With(hub => hub.ProposeAsync(Lpi))),
        [ErrorReason.PlanRefused] = (StatusCode.FailedPrecondition, () => WithSynthetic(
            async hub =>
            {
                await hub.CloseAsync(SyntheticCatalogue.Collection());
                return await hub.ProposeAsync(SyntheticCatalogue.Collection());
            },
            hasPlan: false)),
        [ErrorReason.ReviewByProposer] = (StatusCode.FailedPrecondition, () => WithSynthetic(async hub =>
            await hub.ReviewAsync(await hub.ProposedAsync(), "ada"))),
        [ErrorReason.ReviewRepeated] = (StatusCode.FailedPrecondition, () => WithSynthetic(async hub =>
        {
            var seen = await hub.ProposedAsync();
            await Done(hub.ReviewAsync(seen, "bo"));
            return await hub.ReviewAsync(seen, "bo");
        })),
        [ErrorReason.ReleaseState] = (StatusCode.FailedPrecondition, () => WithSynthetic(async hub =>
            await hub.ScheduleAsync(await hub.ProposedAsync(), TimeSpan.FromHours(1)))),
        [ErrorReason.PublishTimeTooEarly] = (StatusCode.FailedPrecondition, () => WithSynthetic(async hub =>
        {
            var seen = await hub.ProposedAsync();
            await Done(hub.ReviewAsync(seen, "bo"));
            await Done(hub.ReviewAsync(seen, "cy"));
            return await hub.ScheduleAsync(seen, TimeSpan.FromSeconds(2));
        })),
        [ErrorReason.CollectionErased] = (StatusCode.FailedPrecondition, () => WithSynthetic(async hub =>
        {
            await hub.ProposedAsync();
            await Done(hub.EraseAsync("M00"));
            await hub.DoneAsOperator(
                "SubmissionService/ConfirmErasure", $$"""{"parent": "administrations/M00", "collection": "{{SyntheticCatalogue.Collection()}}", "request_id": "{{Id()}}"}""");
            return await hub.ProposeAsync(SyntheticCatalogue.Collection());
        })),
        [ErrorReason.ErasureUnconfirmed] = (StatusCode.FailedPrecondition, () => WithSynthetic(async hub =>
        {
            await hub.ProposedAsync();
            await Done(hub.EraseAsync("M00"));
            return await hub.EraseAsync("M00");
        })),
    };

    /// <summary>Reasons that no call can bring about, and why.</summary>
    private static readonly Dictionary<ErrorReason, string> OutOfReach = new()
    {
        [ErrorReason.Unspecified] = "It is never sent.",
        [ErrorReason.PolicyRefused] = "A policy that contradicts itself is refused when the silo starts; the reason is for one that an older version let in.",
    };

    public static TheoryData<ErrorReason> Provoked => [.. Provocations.Keys];

    [Fact]
    public void Reason_OfTheContract_IsProvokedBySomeTest() =>
        Assert.Equal(Enum.GetValues<ErrorReason>().Order(), Provocations.Keys.Concat(OutOfReach.Keys).Order());

    [Theory]
    [MemberData(nameof(Provoked))]
    public async Task Reason_Provoked_ComesWithItsCodeAndTheHubsDomain(ErrorReason reason)
    {
        var (code, provoke) = Provocations[reason];

        var answer = await provoke();

        var name = ErrorReasonReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason).Name["ERROR_REASON_".Length..];
        Assert.Equal((code, name, "hub.v1"), (answer.Code, answer.Reason, answer.Domain));
        Assert.Equal((int)code, answer.Details!.Code);
        Assert.InRange(Google.Protobuf.MessageExtensions.ToByteArray(answer.Details).Length, 1, 4096);
        Assert.DoesNotContain(" at Hub.", answer.Text, StringComparison.Ordinal);
    }

    private static string Id() => Guid.NewGuid().ToString();

    private static async Task Done(Task<RawAnswer> call)
    {
        var answer = await call;
        Assert.True(answer.Code == StatusCode.OK, $"{answer.Reason} {answer.Text}");
    }

    private static async Task<RawAnswer> WithSynthetic(
        Func<Provoker, Task<RawAnswer>> provoke, string window = "{opens: first-start, closes: 2099-12-31T23:59, zone: Europe/Kyiv}", bool hasPlan = true)
    {
        using var catalogue = new SyntheticCatalogue(window: window, hasPlan: hasPlan);
        return await With(provoke, catalogue: catalogue.Folder);
    }

    private static async Task<RawAnswer> With(
        Func<Provoker, Task<RawAnswer>> provoke, int confirmations = 0, string? catalogue = null, bool isStale = false, bool mayBeUnsound = false, bool isOnKestrel = false)
    {
        var faults = new LedgerFaults();
        var isArmed = false;
        await using var hub = await HubFixture.StartAsync(options =>
        {
            options.ConfirmationsRequired = confirmations;
            options.Kestrel = isOnKestrel;
            options.CatalogueFolder = catalogue ?? options.CatalogueFolder;
            options.LedgerMayBeUnsound = mayBeUnsound;
            options.Services = services =>
            {
                if (isStale) services.AddSingleton<ILedgerTail>(s => new StaleTail(s.GetRequiredService<LedgerTail>(), () => isArmed));
                faults.AddTo(services);
            };
        });
        hub.ExpectedErrors = record => mayBeUnsound || record.Exception is IOException or LedgerUnavailableException;
        using var raw = new RawHub(hub);
        var provoker = new Provoker(hub, raw, faults);
        if (confirmations == 0)
        {
            await hub.RegisterAsync(catalogue is null ? ["UA"] : ["UA", .. Enumerable.Range(0, 24).Select(SyntheticCatalogue.Member)]);
        }

        isArmed = true;
        return await provoke(provoker);
    }
}
