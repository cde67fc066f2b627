using Google.Protobuf.WellKnownTypes;
using V1 = Hub.V1;

namespace Hub.Silo.Registry;

/// <summary>Proto to domain and back.</summary>
internal static class RegistryMapping
{
    private const string AdministrationPrefix = "administrations/";
    private const string ChangePrefix = "changes/";

    public static string ToCode(string name) =>
        name.StartsWith(AdministrationPrefix, StringComparison.Ordinal) ? name[AdministrationPrefix.Length..] : "";

    public static Decision<Guid> ToChangeId(string name) =>
        name.StartsWith(ChangePrefix, StringComparison.Ordinal) && Guid.TryParseExact(name[ChangePrefix.Length..], "D", out var id)
            ? id
            : Refusal.NotFound("such change");

    public static RegistryChange ToChange(V1.Change? change) => new()
    {
        Register = ToAttributes(change?.Register),
        Replace = ToAttributes(change?.ReplaceAttributes),
        Reinstate = change is { HasReinstate: true } ? ToCode(change.Reinstate) : null,
    };

    public static V1.Administration ToProto(AdministrationRecord record) => new()
    {
        Name = AdministrationPrefix + record.Attributes.Code,
        DisplayName = record.Attributes.DisplayName,
        TimeZone = record.Attributes.TimeZone,
        AgreementVersion = record.Attributes.AgreementVersion,
        State = ToState(record),
        Etag = $"\"{record.Version}\"",
    };

    public static V1.AdministrationState ToState(AdministrationRecord? record) => record switch
    {
        null => V1.AdministrationState.Unspecified,
        { IsSuspended: true } => V1.AdministrationState.Suspended,
        _ => V1.AdministrationState.Active,
    };

    public static V1.Change ToProto(ChangeRecord record)
    {
        var change = new V1.Change
        {
            Name = $"{ChangePrefix}{record.Id:D}",
            Reason = record.Reason,
            State = record.EffectiveAt is null ? V1.ChangeState.Pending : V1.ChangeState.Effective,
            Proposer = record.Proposer,
            Confirmers = { record.Confirmers },
            ConfirmationsRequired = record.ConfirmationsRequired,
            ProposeTime = record.ProposedAt.ToTimestamp(),
            EffectiveTime = record.EffectiveAt?.ToTimestamp(),
        };
        if (record.Change.Register is { } register)
        {
            change.Register = ToProto(register);
        }
        else if (record.Change.Replace is { } replace)
        {
            change.ReplaceAttributes = ToProto(replace);
        }
        else
        {
            change.Reinstate = AdministrationPrefix + record.Change.Reinstate;
        }

        return change;
    }

    private static Attributes? ToAttributes(V1.Administration? proto) =>
        proto is null ? null : new Attributes(ToCode(proto.Name), proto.DisplayName, proto.TimeZone, proto.AgreementVersion);

    private static V1.Administration ToProto(Attributes attributes) => new()
    {
        Name = AdministrationPrefix + attributes.Code,
        DisplayName = attributes.DisplayName,
        TimeZone = attributes.TimeZone,
        AgreementVersion = attributes.AgreementVersion,
    };
}
