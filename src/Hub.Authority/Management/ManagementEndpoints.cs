namespace Hub.Authority.Management;

/// <summary>The management API as a whole; who may use it says the fallback policy, so a new endpoint is closed until it is named here.</summary>
internal static class ManagementEndpoints
{
    public const string Prefix = "/manage";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Prefix);
        group.AddEndpointFilter<RefusalFilter>();
        ClientEndpoints.Map(group);
        PersonEndpoints.Map(group);
        SigningKeyEndpoints.Map(group);
    }
}
