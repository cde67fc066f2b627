namespace Hub.Client;

/// <summary>The registry between the contract and the SDK's own types.</summary>
internal static class RegistryMapping
{
    public static V1.Administration ToProto(Administration administration)
    {
        ArgumentNullException.ThrowIfNull(administration);
        return new V1.Administration
        {
            Name = administration.Name,
            DisplayName = administration.DisplayName,
            TimeZone = administration.TimeZone,
            AgreementVersion = administration.AgreementVersion,
        };
    }

    public static Administration ToAdministration(V1.Administration sent) => new(sent.Name, sent.DisplayName)
    {
        TimeZone = sent.TimeZone,
        State = (AdministrationState)sent.State,
        AgreementVersion = sent.AgreementVersion,
        Etag = sent.Etag,
    };

    public static RegistryChange ToChange(V1.Change sent)
    {
        var administration = sent.Register ?? sent.ReplaceAttributes;
        return new RegistryChange
        {
            Name = sent.Name,
            Kind = (RegistryChangeKind)sent.ChangeCase,
            AdministrationName = administration?.Name ?? sent.Reinstate,
            Administration = administration is null ? null : ToAdministration(administration),
            Reason = sent.Reason,
            State = (ChangeState)sent.State,
            Proposer = sent.Proposer,
            Confirmers = [.. sent.Confirmers],
            ConfirmationsRequired = sent.ConfirmationsRequired,
            ProposeTime = sent.ProposeTime?.ToDateTimeOffset(),
            EffectiveTime = sent.EffectiveTime?.ToDateTimeOffset(),
        };
    }

    public static CallerIdentity ToCaller(V1.WhoAmIResponse sent, string pinnedFingerprint) => new()
    {
        ClientId = sent.ClientId,
        Subject = sent.Subject.Length == 0 ? null : sent.Subject,
        Kind = (CallerKind)sent.Kind,
        Scopes = [.. sent.Scopes],
        Administration = sent.Administration.Length == 0 ? null : sent.Administration,
        AdministrationState = (AdministrationState)sent.AdministrationState,
        LogKeyFingerprint = sent.LogKeyFingerprint,
        IsLogKeyPinned = sent.LogKeyFingerprint == pinnedFingerprint,
        LogOrigin = sent.LogOrigin,
        ServerTime = sent.ServerTime?.ToDateTimeOffset(),
        ConfirmationsRequired = sent.ConfirmationsRequired,
    };
}
