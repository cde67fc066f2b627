using Hub.Silo.Access;

namespace Hub.Silo.Registry;

/// <summary>The registry, one for the Hub. The only writer of its stream. </summary>
[Alias("hub.registry")]
internal interface IRegistryGrain : IGrainWithIntegerKey
{
    [Alias("propose")]
    Task<Decision<RegistryAnswer>> ProposeAsync(ProposeCommand command);

    [Alias("confirm")]
    Task<Decision<RegistryAnswer>> ConfirmAsync(ConfirmCommand command);

    [Alias("suspend")]
    Task<Decision<RegistryAnswer>> SuspendAsync(SuspendCommand command);
}

/// <summary>A change to propose.</summary>
[GenerateSerializer, Immutable, Alias("hub.registry-propose")]
internal sealed record ProposeCommand(Act Act, Actor By, RegistryChange Change, string Reason, int ConfirmationsRequired);

/// <summary>A change to confirm.</summary>
[GenerateSerializer, Immutable, Alias("hub.registry-confirm")]
internal sealed record ConfirmCommand(Act Act, Actor By, Guid Change);

/// <summary>An administration to suspend.</summary>
[GenerateSerializer, Immutable, Alias("hub.registry-suspend")]
internal sealed record SuspendCommand(Act Act, Actor By, string Administration, string Reason);

/// <summary>Where in the log an act stands.</summary>
[GenerateSerializer, Immutable, Alias("hub.registry-answer")]
internal sealed record RegistryAnswer(long Position);
