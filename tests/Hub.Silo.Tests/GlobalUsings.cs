// As in the silo: a refusal's reason is the same word inside and outside.
global using ErrorReason = Hub.V1.ErrorReason;
