using Grpc.Core;

namespace Hub.Silo.Access;

/// <summary>Where a service finds its caller: put there by <see cref="AccessInterceptor"/> after all checks.</summary>
internal static class CallerContext
{
    private const string Key = "hub.caller";

    public static Caller Caller(this ServerCallContext context) => (Caller)context.UserState[Key];

    public static void SetCaller(this ServerCallContext context, Caller caller) => context.UserState[Key] = caller;
}
